package org.sockmapd.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One axis of a plot: from which values to which it goes, and where on the paper.
 *
 * @param logarithmic whether equal ways are equal ratios
 * @param low the lowest value; more than zero if logarithmic
 * @param high the highest value, more than the lowest
 * @param lowAt where the lowest value stands
 * @param highAt where the highest value stands
 */
record Axis(boolean logarithmic, double low, double high, double lowAt, double highAt) {
  private static final int MOST_TICKS = 12;

  /** A logarithmic axis that shows all values between two, from 1, 2 or 5 to the next of them. */
  static Axis logarithmic(double lowest, double highest, double lowAt, double highAt) {
    double low = roundDown(lowest);
    double high = roundDown(Math.max(highest, low));
    while (high < highest || high <= low) {
      high = next(high);
    }
    return new Axis(true, low, high, lowAt, highAt);
  }

  static Axis linear(double high, double lowAt, double highAt) {
    return new Axis(false, 0, high, lowAt, highAt);
  }

  private static double roundDown(double value) {
    double decade = Math.pow(10, Math.floor(Math.log10(value)));
    double leading = value / decade;
    return decade * (leading >= 5 ? 5 : leading >= 2 ? 2 : 1);
  }

  /** The next of 1, 2, 5, 10 and so on. */
  private static double next(double step) {
    double leading = step / Math.pow(10, Math.floor(Math.log10(step * 1.01)));
    return step * (leading > 1.5 && leading < 3 ? 2.5 : 2);
  }

  double at(double value) {
    double part =
        logarithmic
            ? (Math.log(value) - Math.log(low)) / (Math.log(high) - Math.log(low))
            : (value - low) / (high - low);
    return lowAt + Math.clamp(part, 0, 1) * (highAt - lowAt);
  }

  List<Double> ticks() {
    return logarithmic ? logarithmicTicks() : linearTicks();
  }

  private List<Double> linearTicks() {
    double step = roundDown(high / MOST_TICKS);
    while (high / step > MOST_TICKS) {
      step = next(step);
    }
    List<Double> ticks = new ArrayList<>();
    for (int i = 0; i * step <= high * 1.0001; i++) {
      ticks.add(i * step);
    }
    return ticks;
  }

  private List<Double> logarithmicTicks() {
    List<Double> ticks = new ArrayList<>();
    for (double tick = low; tick <= high * 1.01; tick = next(tick)) {
      ticks.add(tick);
    }
    if (ticks.size() > MOST_TICKS) {
      ticks.removeIf(tick -> !isDecade(tick));
    }
    return ticks;
  }

  private static boolean isDecade(double tick) {
    double log = Math.log10(tick);
    return Math.abs(log - Math.rint(log)) < 0.01;
  }

  /** A value as a label, without digits that say nothing. */
  static String label(double value) {
    return String.format(Locale.ROOT, "%.4f", value).replaceAll("\\.?0+$", "");
  }
}
