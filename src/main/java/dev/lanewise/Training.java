package dev.lanewise;

import dev.lanewise.engine.ParameterStore;
import dev.lanewise.engine.Run;
import dev.lanewise.engine.Trainer;
import dev.lanewise.io.ModelFile;
import dev.lanewise.text.Message;
import dev.lanewise.train.Epoch;
import dev.lanewise.train.Fit;
import dev.lanewise.train.History;
import dev.lanewise.train.Source;
import java.util.function.Supplier;

/** What changes a network, one thing at a time, and what the next fit of it goes on with. */
final class Training {

  private final Network network;
  private final ParameterStore store;

  /** Held while something is looked at or changed that must not be meanwhile; not while a fit runs. */
  private final Object changing = new Object();

  private boolean isFitting;

  /** What calls of {@link #partialFit} go on with. */
  private Run partial;

  /** The checkpoint whose run the next fit goes on with. */
  private NetworkFile resumed;

  Training(Network network, ParameterStore store) {
    this.network = network;
    this.store = store;
  }

  /** Lets the next fit go on with the run of a checkpoint. */
  void goOnWith(NetworkFile checkpoint) {
    resumed = checkpoint;
  }

  /** See {@link Network#fit(Source, Fit)}. */
  History fit(Source source, Fit fit) {
    FitCheck.require(network, store.layers(), store.epochs(), source, fit.epochs(), fit);
    if (fit.checkpoint().isPresent() && fit.epochs() > Run.LONGEST_HISTORY && !FitCheck.mayEndSooner(fit)) {
      throw new IllegalArgumentException(
          Message.of(
              "a checkpoint has room for the history of %d epochs, but the fit has %d: fewer epochs, or no checkpoint",
              Run.LONGEST_HISTORY, fit.epochs()));
    }
    return fitting(() -> {
      Run run = resumed == null ? new Run(fit.optimizer(), store.layers()) : wholeRun(source, fit);
      History history = Trainer.run(store, source, fit, run, listener(source, fit));
      resumed = null; // also of a run that had no epochs left
      return history;
    });
  }

  /** See {@link Network#partialFit(Source, Fit)}. */
  Epoch partialFit(Source source, Fit fit) {
    FitCheck.require(network, store.layers(), store.epochs(), source, 1, fit);
    if (fit.earlyStopping().isPresent()) {
      throw new IllegalArgumentException("partialFit does not stop early: go by the epochs that it returns");
    }
    if (fit.condition().isPresent()) {
      throw new IllegalArgumentException("partialFit is one epoch and stops after it: ask the epoch that it returns");
    }
    if (fit.timeLimit().isPresent()) {
      throw new IllegalArgumentException("partialFit has no time limit, being one epoch: look at the clock between its calls");
    }
    return fitting(() -> {
      Run run = partialRun(source, fit);
      if (fit.checkpoint().isPresent() && run.count() >= Run.LONGEST_HISTORY) {
        throw new IllegalArgumentException(
            Message.of("a checkpoint has room for the history of %d epochs, and as many have been: go on without", Run.LONGEST_HISTORY));
      }
      boolean goesOn = run == partial;
      long steps = run.steps();
      partial = null; // of a call that fails after a step nothing is to be gone on with
      try {
        Epoch epoch = Trainer.runEpoch(store, source, fit, run, listener(source, fit));
        partial = run;
        return epoch;
      } finally {
        if (goesOn && run.steps() == steps) {
          partial = run;
        }
      }
    });
  }

  private Run partialRun(Source source, Fit fit) {
    if (resumed != null) {
      return resumedRun(source, fit);
    }
    boolean goesOn = partial != null && partial.optimizer().equals(fit.optimizer());
    return goesOn ? partial : new Run(fit.optimizer(), store.layers());
  }

  /** The run of a checkpoint, for a fit whose epochs are all that there are to be. */
  private Run wholeRun(Source source, Fit fit) {
    Run run = resumedRun(source, fit);
    if (run.count() > fit.epochs()) {
      throw new IllegalArgumentException(
          Message.of(
              "%s has a run of %d epochs, but this fit has %d: it counts all epochs of the run, those before the checkpoint too",
              resumed.file().header().name(), run.count(), fit.epochs()));
    }
    return run;
  }

  private Run resumedRun(Source source, Fit fit) {
    return resumed.runFile().resume(resumed.file(), store.layers(), source, fit);
  }

  private Trainer.Listener listener(Source source, Fit fit) {
    return new Trainer.Listener() {
      @Override
      public void published() {
        resumed = null; // until then, a fit that failed can be tried again, and calls of partialFit can go on
        partial = null;
      }

      @Override
      public void checkpoint(Run run) {
        ModelFile.Builder file = network.file();
        RunFile.write(file, run, source, fit);
        file.write(fit.checkpoint().orElseThrow().file());
      }
    };
  }

  /**
   * Changes the network by something that is soon over, one change after the other.
   *
   * @throws IllegalStateException if a fit does
   */
  void exclusively(String what, Runnable change) {
    synchronized (changing) {
      requireNoFit(what);
      change.run();
    }
  }

  private <T> T fitting(Supplier<T> fit) {
    synchronized (changing) {
      requireNoFit("a fit");
      isFitting = true;
    }
    try {
      return fit.get();
    } finally {
      synchronized (changing) {
        isFitting = false;
      }
    }
  }

  private void requireNoFit(String what) {
    if (isFitting) {
      throw new IllegalStateException(what + " cannot start while a fit of this network is running");
    }
  }
}
