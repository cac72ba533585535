export type Listeners<Events> = {
  on<Name extends keyof Events>(event: Name, listener: (value: Events[Name]) => void): () => void;
  emit<Name extends keyof Events>(event: Name, value: Events[Name]): void;
};

/** Calls in the order of registration, synchronously. */
export function createListeners<Events>(): Listeners<Events> {
  const byEvent = new Map<keyof Events, Set<(value: never) => void>>();
  return {
    on(event, listener) {
      const listeners = byEvent.get(event) ?? new Set();
      byEvent.set(event, listeners);
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    emit(event, value) {
      for (const listener of byEvent.get(event) ?? []) {
        (listener as (given: typeof value) => void)(value);
      }
    },
  };
}
