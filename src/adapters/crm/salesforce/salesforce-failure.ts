import { CrmAwayError, CrmRefusedError } from '../../../app/errors.ts';
import { minuteMs } from '../../../core/time.ts';

/** What Salesforce said no with: its own code, and its sentence. `status` where there is no code. */
export type Complaint = { code: string; message: string };

/** jsforce's errors: `errorCode` or `name` is Salesforce's code, or `ERROR_HTTP_503`. */
export function complaintOf(error: unknown): Complaint {
  if (!(error instanceof Error)) return { code: '', message: String(error) };
  const code = 'errorCode' in error && typeof error.errorCode === 'string' ? error.errorCode : error.name;
  return { code, message: error.message };
}

/** Salesforce refuses to look through so much at once, or gives up: a part of it is another matter. */
export class TooLargeError extends CrmRefusedError {}

export const isExpired = ({ code }: Complaint): boolean =>
  code === 'INVALID_SESSION_ID' || code === 'ERROR_HTTP_401' || code === 'INVALID_AUTH_HEADER';

/** The allowance is for 24 hours and comes back bit by bit; asking costs nothing of it. */
const overLimitMs = 15 * minuteMs;

/**
 * Whether to come again, and when, or what somebody has to change first. `backOffMs`: how long to wait where Salesforce is merely away.
 * `about` is the object that was asked for.
 */
export function failureOf({ code, message }: Complaint, about: string, now: number, backOffMs: number): CrmAwayError | CrmRefusedError {
  switch (true) {
    // The same code for two limits; this one is over as soon as somebody else's long request is.
    case code === 'REQUEST_LIMIT_EXCEEDED' && /concurrent/i.test(message):
      return new CrmAwayError('Salesforce has too many long requests at once', now + backOffMs);
    case code === 'REQUEST_LIMIT_EXCEEDED':
      return new CrmAwayError("Salesforce's limit of API requests is used up for now", now + overLimitMs);
    case code === 'INVALID_FIELD': {
      const [, field = 'a field', entity = about] = /No such column '([^']+)' on (?:entity|sobject of type) '?([A-Za-z0-9_]+)/.exec(message) ?? [];
      return new CrmRefusedError(missingFields(entity, [field]));
    }
    case code === 'INVALID_TYPE' || code === 'NOT_FOUND' || code === 'INSUFFICIENT_ACCESS':
      return new CrmRefusedError(missingObject(about));
    case code === 'OPERATION_TOO_LARGE':
      return new TooLargeError(`Salesforce finds too much in ${about} to read it to a user without View All Data (${oneLine(message)})`);
    case code === 'QUERY_TIMEOUT':
      return new TooLargeError(`Salesforce takes too long to look through ${about} (${oneLine(message)})`);
    case code === 'API_DISABLED_FOR_ORG' || code === 'API_CURRENTLY_DISABLED':
      return new CrmRefusedError(
        'Salesforce refuses its API to the run-as user: Setup → Permission Sets → the bot’s → System Permissions → API Enabled. (Professional Edition has no API unless it is bought.)',
      );
    case code === 'invalid_client_id' || code === 'invalid_client':
      return new CrmRefusedError(
        'Salesforce does not know this SALESFORCE_CLIENT_ID with this SALESFORCE_CLIENT_SECRET: copy both again from Setup → External Client App Manager → the app → Settings → OAuth Settings → Consumer Key and Secret',
      );
    case code === 'invalid_grant' || code === 'unsupported_grant_type':
      return new CrmRefusedError(
        `Salesforce gives no token (${code}: ${oneLine(message)}): in Setup → External Client App Manager → the app → Policies → OAuth Policies enable Client Credentials Flow and name a Run As user who is active; SALESFORCE_LOGIN_URL must be your own https://….my.salesforce.com`,
      );
    case code === 'inactive_user' || code === 'inactive_org' || code === 'access_denied':
      return new CrmRefusedError(`Salesforce gives no token: ${code}`);
    case code === 'MALFORMED_QUERY' || code === 'INVALID_QUERY_FILTER_OPERATOR':
      return new CrmRefusedError(`Salesforce does not understand what was asked of ${about}: ${oneLine(message)}`);
    case isExpired({ code, message }):
      return new CrmRefusedError(
        `Salesforce refuses a token it has just given (${oneLine(message)}): is the app or the run-as user restricted to certain IP addresses?`,
      );
    default:
      return new CrmAwayError(`Salesforce does not answer (${code || oneLine(message)})`, now + backOffMs);
  }
}

export const missingObject = (object: string): string =>
  `Salesforce does not show ${object} to the run-as user: Setup → Permission Sets → the bot’s → Object Settings → ${tabOf[object] ?? object} → Edit → tick Read and View All Records`;

export const missingFields = (object: string, fields: readonly string[]): string =>
  `Salesforce does not show ${fieldsIn(object, fields)} to the run-as user: ${whereToTick(object, fields)}`;

/** What is done without, and how that would end. */
export const doneWithout = (object: string, fields: readonly string[]): string =>
  `without ${fieldsIn(object, fields)}: ${whereToTick(object, fields)}`;

const fieldsIn = (object: string, fields: readonly string[]): string => fields.map((field) => `${object}.${field}`).join(', ');

const whereToTick = (object: string, fields: readonly string[]): string =>
  `Setup → Permission Sets → the bot’s → Object Settings → ${tabOf[object] ?? object} → Edit → Field Permissions → tick Read Access for ${fields.length === 1 ? 'it' : 'them'}`;

/** What Salesforce calls an object in its own settings. */
const tabOf: Record<string, string> = {
  Opportunity: 'Opportunities',
  OpportunityHistory: 'Opportunities',
  OpportunityStage: 'Opportunities',
  OpportunityContactRole: 'Opportunities and Contacts (both; contact roles follow them)',
  Account: 'Accounts',
  Contact: 'Contacts',
  Task: 'Tasks (and System Permissions → Access Activities)',
  Event: 'Events (and System Permissions → Access Activities)',
};

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').slice(0, 200);
