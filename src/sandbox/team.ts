/** The one organisation of the workspace, the one that strangers come from, and the app that is installed. */
export const team = { id: 'T00SANDBOX', domain: 'sandbox', name: 'Sandbox' } as const;
/** Who knows people of `isOfEnterprise`. */
export const enterprise = { id: 'E00SANDBOX', name: 'Sandbox Enterprise' } as const;
export const strangerTeam = { id: 'T99STRANGER', domain: 'elsewhere', name: 'Elsewhere' } as const;
export const app = { id: 'A00JOURNEY', botId: 'B00JOURNEY', name: 'journey' } as const;

/** The deprecated verification token that every payload still carries. */
export const verificationToken = 'sandbox-verification-token';
