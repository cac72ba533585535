import { describe, expect, it } from 'vitest';
import { explainConfig } from '../../src/config/explain-config.ts';
import { detectors } from '../../src/core/detectors/index.ts';
import { ownerEmailOf } from '../../src/core/journey/owner.ts';
import { configOf, problemsOf, routes } from './examples.ts';

const file = (owners: string): string => `${routes}maps: { new-business: { extends: b2b-saas } }\nowners: ${owners}\n`;

describe('owners', () => {
  it('says which address an owner has, whatever its case and spaces', async () => {
    const { owners } = await configOf(file('{ 12345: dana@us.example, " Dana  Smith ": dana@us.example, old@us.example: new@us.example }'));
    const found = ['12345', ' 12345 ', 'dana smith', 'DANA SMITH', 'Old@us.example', 'other@us.example', 'Eve', '', null].map((owner) =>
      ownerEmailOf(owner, owners),
    );
    expect(found).toEqual([
      'dana@us.example',
      'dana@us.example',
      'dana@us.example',
      'dana@us.example',
      'new@us.example',
      'other@us.example',
      null,
      null,
      null,
    ]);
  });

  it('is nothing where the file has none', async () => {
    const { owners } = await configOf(file('{}'));
    expect(owners).toEqual([]);
    expect(ownerEmailOf('dana@us.example', owners)).toBe('dana@us.example');
  });

  it('is refused, with its place, where an address is none or one owner has two', async () => {
    const problems = await problemsOf(
      file('\n  "12": dana\n  Dana: dana@us.example\n  " DANA ": eve@us.example\n  "": x@us.example\n  toString: y@us.example'),
    );
    expect(problems).toEqual([
      'journey.yml:4:9 owners.12: expected an e-mail address',
      expect.stringContaining('journey.yml:6:3 owners. DANA : `DANA` is there already, as `Dana`, with another address'),
      expect.stringMatching(/^journey\.yml:7:3 owners\.: .*must not be empty/),
      expect.stringMatching(/^journey\.yml:8:3 owners\.toString: is a reserved word/),
    ]);
    expect(await problemsOf(file('\n  Dana: dana@us.example\n  DANA: Dana@us.example'))).toEqual([]);
  });

  it('is explained, and changes the map’s version', async () => {
    const [one, other] = [await configOf(file('{ Dana: dana@us.example }')), await configOf(file('{ Dana: eve@us.example }'))];
    expect(explainConfig(one, { detectors, now: 0 })).toContain('Owners\n  Dana is dana@us.example');
    expect(one.version).not.toBe(other.version);
  });
});
