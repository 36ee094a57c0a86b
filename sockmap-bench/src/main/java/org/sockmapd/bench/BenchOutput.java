package org.sockmapd.bench;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where the result goes.
 *
 * @param out takes the result
 * @param err takes messages and the progress
 * @param showsProgress whether there is a line of progress a second
 * @param terminal whether {@code err} is a terminal, on which that line is written over
 * @param json whether the result is JSON
 * @param histogram the file that takes the histogram
 * @param plot the file that takes the plot
 */
public record BenchOutput(
    PrintWriter out,
    PrintWriter err,
    boolean showsProgress,
    boolean terminal,
    boolean json,
    Optional<Path> histogram,
    Optional<Path> plot) {}
