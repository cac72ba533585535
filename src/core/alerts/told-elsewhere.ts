import type { Alert } from './alert.ts';

/** The alert with it noted that the last step that was meant for `channel` was said in `saidIn`; the same one where that is known, or there is none. */
export function toldElsewhere(alert: Alert, channel: string, saidIn: string): Alert {
  const { escalation } = alert;
  const last = escalation?.told.findLast((told) => told.step !== null && told.channel === channel);
  if (escalation === undefined || last === undefined || last.saidIn === saidIn) return alert;
  return { ...alert, escalation: { ...escalation, told: escalation.told.map((told) => (told === last ? { ...told, saidIn } : told)) } };
}
