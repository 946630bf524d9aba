package io.admix.catalog;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Something done in one transaction. */
@FunctionalInterface
interface Work<T extends @Nullable Object> {
  T in(Session session) throws SQLException;
}
