/**
 * What the steps of a lookup cost, apart from databases: time, and bytes allocated ({@code
 * gc.alloc.rate.norm}). What Postfix sees of it all is measured by {@code benchmarks/run}.
 *
 * <pre>
 * mvn -q -Pjmh -DskipTests -pl benchmarks -am test
 * mvn -q -Pjmh -DskipTests -pl benchmarks -am test "-Djmh.args=-prof gc -f 3 SocketBenchmark"
 * </pre>
 *
 * <p>The times mean something only beside others of the same run. The bytes are the same on every
 * run, so the tests of this module hold them to their limits.
 */
@NullMarked
package org.sockmapd.benchmarks;

import org.jspecify.annotations.NullMarked;
