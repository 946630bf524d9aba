/** DataMate's interface: its paths, its envelope, its words. */
@NullMarked
package io.admix.server.datamate;

import org.jspecify.annotations.NullMarked;
