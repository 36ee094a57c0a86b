package org.sockmapd.lookup.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.sockmapd.lookup.NonBlocking;

/** Lanes whose threads run when the test says so. */
class LanesTest {
  private final AtomicLong now = new AtomicLong();
  private final Queue<Runnable> threads = new ArrayDeque<>();
  private final List<List<String>> asked = new ArrayList<>();
  private Consumer<Question> given = question -> {};
  private Duration slow = Duration.ZERO;
  private int maxKeys = 4;

  private Runnable meanwhile = () -> {};

  private final LentThreads lentThreads = new LentThreads(() -> true, now::get);
  private final Lanes lanes = lanes(2, 3, this::answers);

  private Lanes lanes(int places, int maxLanes, Function<List<Question>, List<Runnable>> asker) {
    LaneQueue queue = new LaneQueue(places, maxLanes, 10, () -> maxKeys, lentThreads::quick);
    return new Lanes(queue, threads::add, now::get, lentThreads, asker);
  }

  private List<Runnable> answers(List<Question> questions) {
    asked.add(questions.stream().map(Question::last).toList());
    meanwhile.run();
    now.addAndGet(slow.toNanos());
    return questions.stream().<Runnable>map(question -> () -> given.accept(question)).toList();
  }

  private Question question(String name, int keys) {
    List<BoundKey> bound =
        IntStream.range(0, keys).mapToObj(i -> new BoundKey(name + i, List.of())).toList();
    Deadline deadline = Deadline.in(Duration.ofSeconds(5), now::get);
    return new Question(bound, name, deadline, match -> {});
  }

  /** The names of the questions that are answered from now on, as they are. */
  private List<String> recordGiven() {
    List<String> names = new ArrayList<>();
    given = question -> names.add(question.last());
    return names;
  }

  private boolean add(String name) {
    return lanes.add(question(name, 1));
  }

  private void runThreads() {
    while (!threads.isEmpty()) {
      threads.remove().run();
    }
  }

  @Test
  void givesAPlaceWhileOneIsFree() {
    assertThat(lanes.enter()).isTrue();
    assertThat(lanes.enter()).isTrue();
    assertThat(lanes.enter()).isFalse();
    lanes.leave();
    assertThat(lanes.enter()).isTrue();
  }

  @Test
  void givesNoPlaceWhileALaneIsOpen() {
    add("a");
    assertThat(lanes.enter()).isFalse();
    runThreads();
    assertThat(lanes.enter()).isTrue();
  }

  @Test
  void asksTogetherAllThatWait() {
    for (String name : List.of("a", "b", "c", "d", "e", "f")) {
      add(name);
    }
    assertThat(threads).hasSize(2);
    runThreads();
    assertThat(asked).containsExactly(List.of("a", "b", "c", "d"), List.of("e", "f"));
  }

  @Test
  void leavesTheKeysOfOneLookupTogether() {
    lanes.add(question("three", 3));
    lanes.add(question("two", 2));
    lanes.add(question("nine", 9));
    lanes.add(question("one", 1));
    runThreads();
    assertThat(asked)
        .containsExactly(List.of("three"), List.of("two"), List.of("nine"), List.of("one"));
  }

  @Test
  void asksOneByOneDuringAPause() {
    maxKeys = 1;
    add("a");
    add("b");
    runThreads();
    assertThat(asked).containsExactly(List.of("a"), List.of("b"));
  }

  @Test
  void refusesWhenTooManyWait() {
    for (int i = 0; i < 10; i++) {
      assertThat(add("k" + i)).isTrue();
    }
    assertThat(add("one too many")).isFalse();
    runThreads();
    assertThat(add("again")).isTrue();
  }

  /** A thread whose tasks run when the test says so. */
  private static final class Lent extends Thread implements NonBlocking {
    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private final Queue<Runnable> meanwhiles = new ArrayDeque<>();
    private final CompletableFuture<Void> done = new CompletableFuture<>();
    private final Consumer<Lent> work;
    private long servingNanos;

    private Lent(Consumer<Lent> work) {
      this.work = work;
    }

    static void run(Consumer<Lent> work) {
      Lent lent = new Lent(work);
      lent.start();
      lent.done.join();
    }

    @Override
    public void run() {
      try {
        work.accept(this);
        done.complete(null);
      } catch (RuntimeException | Error e) {
        done.completeExceptionally(e);
      }
    }

    @Override
    public boolean later(Runnable task, Runnable meanwhile) {
      return tasks.add(task) && meanwhiles.add(meanwhile);
    }

    @Override
    public long servingNanos() {
      return servingNanos;
    }

    void runTask() {
      meanwhiles.remove();
      tasks.remove().run();
    }
  }

  @Test
  void asksByTheThreadThatIsLentOneStatementAtATime() {
    Lent.run(
        lent -> {
          add("a");
          lent.runTask();
          List.of("b", "c", "d").forEach(this::add);
          lent.runTask();
          lent.runTask();
          assertThat(lent.tasks).isEmpty();
        });
    assertThat(asked).containsExactly(List.of("a"), List.of("b", "c", "d"));
    assertThat(threads).isEmpty();
    assertThat(lanes.enter()).isTrue();
  }

  @Test
  void givesAnswersWhileTheNextStatementIsUnderWay() {
    List<String> given = recordGiven();
    Lent.run(
        lent -> {
          add("a");
          meanwhile = () -> add("b");
          lent.runTask();
          assertThat(given).isEmpty();
          meanwhile =
              () -> {
                lent.meanwhiles.forEach(Runnable::run);
                assertThat(given).containsExactly("a");
              };
          lent.tasks.remove().run();
        });
    assertThat(asked).containsExactly(List.of("a"), List.of("b"));
    assertThat(given).containsExactly("a", "b");
  }

  @Test
  void givesAnswersAfterAStatementDuringWhichNobodyWasServed() {
    List<String> given = recordGiven();
    Lent.run(
        lent -> {
          add("a");
          meanwhile = () -> add("b");
          lent.runTask();
          meanwhile = () -> assertThat(given).isEmpty();
          lent.runTask();
        });
    assertThat(given).containsExactly("a", "b");
  }

  @Test
  void givesAnswersByAnotherThreadWhenTheNextStatementHangs() {
    List<String> given = recordGiven();
    Lent.run(
        lent -> {
          add("a");
          meanwhile = () -> add("b");
          lent.runTask();
          meanwhile =
              () -> {
                now.addAndGet(Duration.ofMillis(101).toNanos());
                lanes.watch();
                runThreads();
                assertThat(given).containsExactly("a");
              };
          lent.runTask();
          lent.runTask();
        });
    assertThat(given).containsExactly("a", "b");
    assertThat(lanes.enter()).isTrue();
  }

  @Test
  void givesAnswersAtOnceWhenOtherLanesHaveTakenWhatWaited() {
    List<String> given = recordGiven();
    Lent.run(
        lent -> {
          List.of("a", "b", "c", "d", "e", "f").forEach(this::add);
          assertThat(threads).as("beside the lent one, as it is not known to be quick").hasSize(1);
          lent.runTask();
          assertThat(given).isEmpty();
          lentThreads.hung();
          runThreads();
          assertThat(given).containsExactly("e", "f");
          lent.runTask();
        });
    assertThat(given).containsExactly("e", "f", "a", "b", "c", "d");
    runThreads();
    assertThat(lanes.enter()).isTrue();
  }

  @Test
  void leavesWhatWaitsToAThreadThatIsLent() {
    add("a");
    add("b");
    assertThat(threads).hasSize(2);
    Lent.run(
        lent -> {
          add("c");
          lent.runTask();
          add("d");
          runThreads();
          lent.runTask();
        });
    assertThat(asked).containsExactly(List.of("a", "b", "c"), List.of("d"));
  }

  @Test
  void lendsNoThreadWhenThereAreAsManyLanesAsConnections() {
    Lanes narrow = lanes(1, 1, this::answers);
    narrow.add(question("a", 1));
    Lent.run(
        lent -> {
          narrow.add(question("b", 1));
          assertThat(lent.tasks).isEmpty();
        });
    runThreads();
    assertThat(asked).containsExactly(List.of("a", "b"));
  }

  @Test
  void opensASecondLaneBesideALentThreadForMoreThanOneStatementTakes() {
    Lent.run(
        lent -> {
          add("a");
          lent.runTask();
          add("b");
          lent.runTask();
          lent.runTask();
          List.of("c", "d", "e", "f").forEach(this::add);
          assertThat(threads).isEmpty();
          add("g");
          assertThat(threads).hasSize(1);
        });
  }

  @Test
  void goesOnByThreadsOfItsOwnWhenAnAnswerWasNotQuick() {
    slow = Duration.ofMillis(2);
    Lent.run(
        lent -> {
          add("a");
          meanwhile = () -> add("b");
          lent.runTask();
          meanwhile = () -> {};
          assertThat(lent.tasks).isEmpty();
        });
    runThreads();
    assertThat(asked).containsExactly(List.of("a"), List.of("b"));
    assertThat(lanes.enter()).isTrue();
  }

  @Test
  void opensLanesAtOnceWhileAStatementOnALentThreadHangs() {
    Lent.run(
        lent -> {
          add("a");
          meanwhile =
              () -> {
                add("b");
                now.addAndGet(Duration.ofMillis(101).toNanos());
                lanes.watch();
                assertThat(asked).containsExactly(List.of("a"));
                meanwhile = () -> {};
                runThreads();
                add("c");
                assertThat(threads).as("without the watch").hasSize(1);
                runThreads();
              };
          lent.runTask();
        });
    runThreads();
    assertThat(asked).containsExactly(List.of("a"), List.of("b"), List.of("c"));
    assertThat(lanes.enter()).isTrue();
  }

  @Test
  void opensNoMoreThanTwoLanesAfterARest() {
    now.addAndGet(Duration.ofMinutes(1).toNanos());
    add("a");
    add("b");
    add("c");
    assertThat(threads).hasSize(2);
  }

  @Test
  void opensAnotherLaneWhenThoseThereAreDoNotComeBack() {
    add("a");
    add("b");
    add("c");
    lanes.watch();
    assertThat(threads).hasSize(2);
    now.addAndGet(Duration.ofMillis(101).toNanos());
    lanes.watch();
    lanes.watch();
    assertThat(threads).hasSize(3);
    runThreads();
    now.addAndGet(Duration.ofMillis(101).toNanos());
    lanes.watch();
    assertThat(threads).isEmpty();
  }

  @Test
  void opensALaneAgainAfterOneBroke() {
    List<String> seen = new ArrayList<>();
    Lanes breaking =
        lanes(
            1,
            1,
            questions -> {
              seen.add(questions.getFirst().last());
              throw new IllegalStateException("broken");
            });
    maxKeys = 1;
    breaking.add(question("a", 1));
    breaking.add(question("b", 1));
    assertThat(threads).hasSize(1);
    org.assertj.core.api.Assertions.assertThatIllegalStateException()
        .isThrownBy(threads.remove()::run);
    breaking.add(question("c", 1));
    assertThat(threads).hasSize(1);
    assertThat(seen).containsExactly("a");
  }

  @Test
  void letsAnotherThreadGoOnWhenOneCannotGetRidOfAnAnswer() {
    List<String> given = new ArrayList<>();
    // While the first is being given, time passes and the watch looks.
    this.given =
        question -> {
          given.add(question.last());
          if (question.last().equals("stuck")) {
            now.addAndGet(Duration.ofMillis(101).toNanos());
            lanes.watch();
            runThreads();
            given.add("free");
          }
        };
    for (String name : List.of("a", "stuck", "c", "d")) {
      add(name);
    }
    runThreads();
    assertThat(given).containsExactly("a", "stuck", "c", "d", "free");
    assertThat(lanes.enter()).isTrue();
  }

  @Test
  void givesTheOtherAnswersWhenOneThatTakesItsOwnThrows() {
    List<String> seen = new ArrayList<>();
    given =
        question -> {
          seen.add(question.last());
          if (question.last().equals("broken")) {
            throw new IllegalStateException("broken");
          }
        };
    for (String name : List.of("a", "broken", "c")) {
      add(name);
    }
    org.assertj.core.api.Assertions.assertThatIllegalStateException()
        .isThrownBy(threads.remove()::run);
    runThreads();
    assertThat(seen).containsExactly("a", "broken", "c");
    assertThat(lanes.enter()).isTrue();
  }

  @Test
  void leavesALaneAloneThatGivesItsAnswersInTime() {
    given =
        question -> {
          now.addAndGet(Duration.ofMillis(99).toNanos());
          lanes.watch();
          assertThat(threads).isEmpty();
        };
    maxKeys = 10;
    add("a");
    runThreads();
    add("b");
    add("c");
    threads.remove();
    runThreads();
    assertThat(asked).containsExactly(List.of("a"), List.of("b", "c"));
  }
}
