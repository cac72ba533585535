import { type Alert, identityOf } from './alert.ts';

/**
 * An alert about people of these ids as one that is about nobody in particular: what somebody asked who is erased now is a question of the account still,
 * and no news. The very same where it is about none of them.
 */
export function nobodysAlert(alert: Alert, ids: ReadonlySet<string>): Alert {
  if (!alert.subject.startsWith(personal) || !ids.has(alert.subject.slice(personal.length))) return alert;
  return { ...alert, subject, identity: identityOf(alert.journeyId, { rule: alert.rule, subject }) };
}

/** As detectors write it. */
const personal = 'person:';
const subject = 'journey';
