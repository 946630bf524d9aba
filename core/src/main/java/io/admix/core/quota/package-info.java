/**
 * How many files each source must give: {@link io.admix.core.quota.Quotas} for a recipe against
 * what there is, {@link io.admix.core.quota.StaticChecks} for the recipe alone, {@link
 * io.admix.core.quota.Apportionment} for the rounding.
 */
@NullMarked
package io.admix.core.quota;

import org.jspecify.annotations.NullMarked;
