import type { UnknownKind } from '../core/change.ts';
import type { JourneyConfig, JourneyMap } from '../core/journey/journey-map.ts';
import type { Source } from '../core/journey/signal.ts';
import { defaultRoles } from './default-roles.ts';
import { createKeysByName, isSaidByKey } from './propose/name-keys.ts';
import { labelFrom } from './propose/plain-text.ts';
import { proposeRoles } from './propose/propose-roles.ts';
import { outcomeMeantBy, stageMeantBy, withIds } from './propose/stage-meant.ts';

/** What the map does not know: `mapKey` of a stage, `label` where the CRM has another name for it than its id. */
export type Unmapped = { source: Source; what: UnknownKind; value: string; mapKey: string | null; label: string | null };

/**
 * One entry of journey.yml, and the block that it belongs into (`maps`, `new-business`, `stages`, `decision`). An entry of that key that is there already
 * is replaced. `remark`: what somebody has to see to; null where nothing has to be.
 */
export type Addition = { under: string[]; key: string; value: unknown; remark: string | null };

const look = 'or wherever it belongs';

/**
 * What makes values known, one after the other: their keys are different where their names are. Where words tell what a value means they are gone by; a
 * person decides.
 */
export function createAdditions(config: JourneyConfig): (unmapped: Unmapped) => Addition {
  const newKey = createNewKey();
  return (unmapped) => {
    switch (unmapped.what) {
      case 'stage':
        return stageLine(unmapped, config, newKey);
      case 'pipeline':
        return pipelineLine(unmapped, config, newKey);
      case 'role':
        return roleLine(unmapped, config, newKey);
      case 'owner':
        return { under: ['owners'], key: unmapped.value.trim(), value: 'name@your-company.example', remark: 'the address of whoever that is' };
    }
  };
}

/** A key beside those of a block, for what a value is called. */
type NewKey = (block: string, there: readonly { key: string }[], named: Pick<Unmapped, 'value' | 'label'>, otherwise: string) => string;

function createNewKey(): NewKey {
  const blocks = new Map<string, ReturnType<typeof createKeysByName>>();
  return (block, there, { value, label }, otherwise) => {
    const keys = blocks.get(block) ?? createKeysByName(there.map(({ key }) => key));
    blocks.set(block, keys);
    return keys(label ?? value, value, otherwise);
  };
}

/** What people read, where the key cannot say it. */
function labelled({ value, label }: Pick<Unmapped, 'value' | 'label'>): { label?: string } {
  const name = labelFrom(label ?? value);
  return name === null || isSaidByKey(name) ? {} : { label: name };
}

function stageLine({ source, value, label, mapKey }: Unmapped, { maps }: JourneyConfig, newKey: NewKey): Addition {
  const map = maps.find(({ key }) => key === mapKey) ?? maps[0];
  if (map === undefined) return { under: ['maps'], key: 'new-business', value: { extends: 'b2b-saas' }, remark: look };
  const by = source === 'signals' || source === 'csv' ? 'any' : source;
  const outcome = outcomeMeantBy([label ?? '', value]);
  if (outcome !== undefined)
    return { under: ['maps', map.key, 'outcomes'], key: outcome, value: withIds(map.outcomes[outcome], by, [value]), remark: null };
  const stage = stageMeantBy(map, [label ?? '', value]);
  if (stage !== null) return { under: ['maps', map.key, 'stages', stage.key], key: 'from', value: withIds(stage.from, by, [value]), remark: null };
  const key = newKey(`stages of ${map.key}`, map.stages, { value, label }, 'stage');
  return { under: ['maps', map.key, 'stages'], key, value: { ...labelled({ value, label }), from: { [by]: [value] } }, remark: look };
}

function pipelineLine({ value, label }: Unmapped, { maps }: JourneyConfig, newKey: NewKey): Addition {
  const isNamed = (map: JourneyMap): boolean => map.for.kind === 'deals' && map.for.pipelines.length > 0;
  const named = maps.filter(isNamed);
  const [only] = named;
  if (only?.for.kind === 'deals' && named.length === 1)
    return { under: ['maps', only.key], key: 'for', value: { pipelines: [...only.for.pipelines, value] }, remark: null };
  const key = newKey('maps', maps, { value, label }, 'pipeline');
  return { under: ['maps'], key, value: { extends: 'b2b-saas', ...labelled({ value, label }), for: { pipelines: [value] } }, remark: look };
}

function roleLine({ value, label }: Unmapped, { roles }: JourneyConfig, newKey: NewKey): Addition {
  const [proposed] = proposeRoles([{ value, label: label ?? value }]);
  const role = roles.find(({ key }) => key === proposed?.role);
  if (role === undefined) {
    const key = newKey('roles', roles, { value, label }, 'role');
    return { under: ['roles'], key, value: { ...labelled({ value, label }), crm: [value] }, remark: look };
  }
  const builtIn = defaultRoles.find(({ key }) => key === role.key)?.crm ?? [];
  const own = role.crm.filter((known) => !builtIn.includes(known));
  return { under: ['roles', role.key], key: 'crm', value: [...own, value], remark: null };
}
