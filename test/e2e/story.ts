const dayMs = 86_400_000;

/** A small year of three customers, in the wire format: a stall, a missing economic buyer, a healthy deal, a question that waits. */
export function story(now: number): Record<string, unknown>[] {
  const at = (daysAgo: number): string => new Date(now - daysAgo * dayMs).toISOString();
  let count = 0;
  const signal = (type: string, daysAgo: number, body: Record<string, unknown>) => ({ id: `e${++count}`, type, occurredAt: at(daysAgo), ...body });
  const touch = (daysAgo: number, of: string, person: string, direction: 'inbound' | 'outbound', type = 'email') =>
    signal('touchpoint.recorded', daysAgo, {
      touchpoint: { accountId: `a-${of}`, dealId: `d-${of}`, personId: `p-${of}-${person}`, type, channel: 'email', direction },
    });
  const customer = (of: string, name: string, dealName: string, amount: number, people: [string, string, string, string[]][]) => [
    signal('account.upserted', 200, {
      account: { id: `a-${of}`, name, domain: `${of}.example`, ownerEmail: 'dana@us.example', url: `https://crm.example/a-${of}` },
    }),
    signal('deal.upserted', 180, {
      deal: {
        id: `d-${of}`,
        accountId: `a-${of}`,
        name: dealName,
        pipeline: 'default',
        stage: 'qualifiedtobuy',
        amount,
        currency: 'EUR',
        ownerEmail: 'dana@us.example',
        closeDate: '2030-06-01',
        status: 'open',
        url: `https://crm.example/d-${of}`,
      },
    }),
    ...people.map(([key, fullName, title, roles]) =>
      signal('person.upserted', 170, {
        person: { id: `p-${of}-${key}`, accountId: `a-${of}`, dealIds: [`d-${of}`], name: fullName, title, email: `${key}@${of}.example`, roles },
      }),
    ),
  ];
  const chatter = (of: string, people: string[]) =>
    people.flatMap((person) => [20, 12, 6, 3, 1].flatMap((days) => [touch(days + 0.5, of, person, 'outbound'), touch(days, of, person, 'inbound')]));
  const whole: [string, string, string, string[]][] = [
    ['cfo', 'Priya Nair', 'CFO', ['BUDGET_HOLDER']],
    ['champ', 'Lena Brandt', 'Head of Operations', ['CHAMPION']],
    ['legal', 'Omar Haddad', 'Counsel', ['LEGAL_AND_COMPLIANCE']],
  ];
  return [
    ...customer('acme', 'Acme GmbH', 'Acme rollout', 48_000, whole),
    signal('stage.entered', 150, { stage: { dealId: 'd-acme', stage: 'presentationscheduled' } }),
    signal('stage.entered', 120, { stage: { dealId: 'd-acme', stage: 'decisionmakerboughtin' } }),
    signal('stage.entered', 60, { stage: { dealId: 'd-acme', stage: 'contractsent' } }),
    ...chatter('acme', ['cfo', 'champ']),
    ...customer('bolt', 'Bolt AG', '<!channel> & <b>', 20_000, [
      whole[1] as (typeof whole)[number],
      ['eng', 'Yuki Tanaka', 'Engineer', ['END_USER']],
    ]),
    signal('stage.entered', 40, { stage: { dealId: 'd-bolt', stage: 'presentationscheduled' } }),
    signal('stage.entered', 35, { stage: { dealId: 'd-bolt', stage: 'decisionmakerboughtin' } }),
    signal('stage.entered', 16, { stage: { dealId: 'd-bolt', stage: 'contractsent' } }),
    ...chatter('bolt', ['champ', 'eng']),
    ...customer('calm', 'Calm Ltd', 'Calm renewal', 9_000, whole),
    signal('stage.entered', 30, { stage: { dealId: 'd-calm', stage: 'presentationscheduled' } }),
    signal('stage.entered', 10, { stage: { dealId: 'd-calm', stage: 'decisionmakerboughtin' } }),
    ...chatter('calm', ['cfo', 'champ', 'legal']),
    signal('touchpoint.recorded', 0.2, {
      touchpoint: { accountId: 'a-calm', dealId: 'd-calm', personId: 'p-calm-cfo', type: 'note', direction: 'outbound' },
    }),
  ];
}
