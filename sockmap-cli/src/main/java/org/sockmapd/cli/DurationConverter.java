package org.sockmapd.cli;

import java.time.Duration;
import org.sockmapd.lookup.spi.Durations;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a time on the command line, in the form of the configuration. */
final class DurationConverter implements ITypeConverter<Duration> {
  @Override
  public Duration convert(String text) {
    return Durations.parse(text)
        .orElseThrow(
            () ->
                new TypeConversionException(
                    "a time is a number with ms, s, m, h or d, such as 30s, got '" + text + "'"));
  }
}
