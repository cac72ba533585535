import { vi } from 'vitest';

/** Adapters keep the limits of their CRMs by the machine's clock, which these tests cannot move; that they do is tested with each adapter. */
vi.mock('p-queue', async (original) => {
  const { default: Queue } = await original<typeof import('p-queue')>();
  return {
    default: class extends Queue {
      constructor({ concurrency = 1 }: { concurrency?: number } = {}) {
        super({ concurrency });
      }
    },
  };
});
