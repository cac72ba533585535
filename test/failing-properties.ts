import fc from 'fast-check';

/** A property that fails says with what, however long it takes to make that smaller: before the test's own time is up. */
fc.configureGlobal({ interruptAfterTimeLimit: 45_000, markInterruptAsFailure: true });
