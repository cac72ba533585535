import { describe, expect, it } from 'vitest';
import { ownFolder, runCommand } from './run-command.ts';

describe('the journey command', () => {
  const run = async (...args: string[]) => runCommand(await ownFolder(), args);

  it('lists its commands when asked, and with 1 where it was asked for one that is not there', async () => {
    for (const args of [[], ['help'], ['--help'], ['-h'], ['check', '--help']]) {
      const { code, output } = await run(...args);
      expect(code).toBe(0);
      expect(output).toMatch(/^npm run journey -- COMMAND\n\n {2}start /);
      expect(output).not.toContain('There is no command');
    }
    const { code, output } = await run('chek');
    expect(code).toBe(1);
    expect(output.trimEnd().split('\n').at(-1)).toBe('There is no command chek (did you mean check?).');
  });

  it('refuses an option that the command does not have, also one of another command', async () => {
    const has = 'it has --map, --from, --to, --as-received, --json, --csv, --html.';
    expect(await run('backtest', '--form', '2026-01-01')).toEqual({
      code: 1,
      output: `backtest has no option --form (did you mean --from?); ${has}\n`,
    });
    expect(await run('backtest', '--since', '2026-01-01')).toEqual({ code: 1, output: `backtest has no option --since; ${has}\n` });
    expect(await run('quarantine', '-y')).toEqual({ code: 1, output: 'quarantine has no option -y.\n' });
  });

  it('refuses what a command does not take, for it would do nothing', async () => {
    expect(await run('backtest', 'other.yml')).toEqual({
      code: 1,
      output: 'backtest takes no argument beside its options: what is other.yml? backtest [--map FILE] [--from DATE] [--to DATE]\n',
    });
    expect(await run('check', 'a.yml', 'b.yml')).toEqual({ code: 1, output: 'check takes one argument: what is b.yml? check [FILE] [--connect]\n' });
    expect((await run('quarantine', 'hubspot')).output).toContain('takes no argument');
    expect((await run('backup', 'a', 'b')).output).toContain('what is b?');
  });

  it('says what an option takes', async () => {
    expect((await run('backtest', '--from')).output).toContain("'--from <value>' argument missing");
  });
});
