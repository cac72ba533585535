/** Goes on by itself and can be moved. */
export function movableClock(from?: string) {
  let ahead = from === undefined ? 0 : aheadOf(from);
  return {
    now: () => Date.now() + ahead,
    /** To a moment in UTC, as in `2026-09-07 10:00`. */
    move(to: string): void {
      ahead = aheadOf(to);
    },
    moveToNow(): void {
      ahead = 0;
    },
  };
}

const aheadOf = (moment: string): number => Date.parse(`${moment.replace(' ', 'T')}:00Z`) - Date.now();
