/** The pages of datasets: listed, registered, looked into, removed. */
@NullMarked
package io.admix.server.pages.datasets;

import org.jspecify.annotations.NullMarked;
