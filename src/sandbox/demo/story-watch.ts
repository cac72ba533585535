import type { SceneEnd } from '../company/scenes.ts';
import type { StoryAlert } from '../company/story/story-journey.ts';
import type { SandboxMessage, Workspace } from '../workspace.ts';
import { saysAllClear, wholeText } from './message-text.ts';

/** Looks for the story in what the bot has posted. */
export type StoryWatch = {
  /** Resolves when the alerts are all in Slack, or with those that are not when `withinMs` is over or `stop` came. */
  missing(alerts: readonly StoryAlert[], withinMs: number): Promise<StoryAlert[]>;
  /** Whether Slack shows how the scene ends, within `withinMs`. */
  ended(end: SceneEnd, withinMs: number): Promise<boolean>;
};

export function createStoryWatch(workspace: Workspace, stop: AbortSignal): StoryWatch {
  const cards = (): SandboxMessage[] =>
    workspace.channels().flatMap((channel) => workspace.messages(channel.id).filter(({ threadTs, ts }) => threadTs === undefined || threadTs === ts));
  const shows = ({ name, says }: StoryAlert): boolean =>
    cards().some((card) => {
      const text = wholeText(card);
      return !saysAllClear(card) && text.includes(name) && says.test(text);
    });
  const isOver = (end: SceneEnd): boolean =>
    end.kind === 'alert' ? shows(end.alert) : cards().some((card) => saysAllClear(card) && wholeText(card).includes(end.name));
  return {
    async missing(alerts, withinMs) {
      await until(workspace, () => alerts.every(shows), withinMs, stop);
      return alerts.filter((alert) => !shows(alert));
    },
    async ended(end, withinMs) {
      await until(workspace, () => isOver(end), withinMs, stop);
      return isOver(end);
    },
  };
}

/** Resolves as soon as a message makes the condition true, and at the latest after `withinMs`. */
async function until(workspace: Workspace, condition: () => boolean, withinMs: number, stop: AbortSignal): Promise<void> {
  if (condition() || stop.aborted) return;
  const { promise, resolve } = Promise.withResolvers<void>();
  const check = (): void => {
    if (condition()) resolve();
  };
  const ends = [workspace.on('message', check), workspace.on('update', check)];
  const timer = setTimeout(resolve, withinMs);
  const stopped = (): void => resolve();
  stop.addEventListener('abort', stopped, { once: true });
  try {
    await promise;
  } finally {
    clearTimeout(timer);
    stop.removeEventListener('abort', stopped);
    for (const end of ends) end();
  }
}
