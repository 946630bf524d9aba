/**
 * Datasets, files, tasks, receipts and lineage over JDBC: {@link io.admix.catalog.Catalog} is the
 * door. SQLite embedded and PostgreSQL behave alike; one contract test holds for both.
 */
@NullMarked
package io.admix.catalog;

import org.jspecify.annotations.NullMarked;
