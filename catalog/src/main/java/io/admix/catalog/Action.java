package io.admix.catalog;

import java.sql.SQLException;

/** Something done in one transaction, without a result. */
@FunctionalInterface
interface Action {
  void in(Session session) throws SQLException;
}
