package dev.freshet.cli.advise;

import dev.freshet.RecordedLoad;
import dev.freshet.error.ConfigurationException;
import dev.freshet.error.FreshetException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Path;
import jdk.jfr.consumer.RecordingFile;

/** Reads a flight recording of any size, an event at a time. */
public final class RecordedFile {

  /** What makes a recording that has all that is needed. */
  public static final String HOW_TO_RECORD =
      "jcmd PID JFR.start settings=none +"
          + RecordedLoad.READ
          + "#enabled=true duration=60s filename=/tmp/reads.jfr";

  private RecordedFile() {}

  /**
   * Reads it to its end.
   *
   * @throws FreshetException if it is none, is damaged, or of another version of Freshet
   */
  public static RecordedLoad read(Path file) {
    var load = new RecordedLoad();
    try (var recording = new RecordingFile(file)) {
      while (recording.hasMoreEvents()) {
        load.add(recording.readEvent());
      }
    } catch (FreshetException e) {
      throw e;
    } catch (FileNotFoundException e) {
      throw new ConfigurationException(
          "the recording cannot be read: " + e.getMessage(), "Give a file that you may read.", e);
    } catch (IOException | RuntimeException e) {
      // What the JDK's parser throws where bytes make no sense is nowhere said.
      throw new ConfigurationException(
          file + " is no flight recording, or a damaged one",
          "Give a file that JFR.stop or JFR.dump has written; a killed JVM leaves none that is"
              + " whole.",
          e);
    }
    return load;
  }
}
