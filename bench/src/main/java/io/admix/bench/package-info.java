/** What the benchmarks are made of: trees, rows and listings. {@code bench/bench.py} runs them. */
@NullMarked
package io.admix.bench;

import org.jspecify.annotations.NullMarked;
