import { describe, expect, it } from 'vitest';
import { ownWords, parseCommandLine } from '../../../electron/command-line.ts';

const parse = (...words: string[]) => parseCommandLine(words, '/home/ada');

describe('the command line of the application', () => {
  it('opens without any word', () => { expect(parse()).toEqual({ ok: true, options: { workspace: null, mode: null } }); });
  it('takes a workspace, relative to where it was typed', () => { expect(parse('--workspace=room')).toEqual({ ok: true, options: { workspace: '/home/ada/room', mode: null } }); });
  it('takes a mode', () => { expect(parse('--mode=production', '--workspace=/w')).toEqual({ ok: true, options: { workspace: '/w', mode: 'production' } }); });
  it('leaves Chromium its own switches', () => { expect(parse('--user-data-dir=/x', '--ozone-platform-hint=auto').ok).toBe(true); });
  it.each([['--workspce=/w'], ['--workspace'], ['--workspace='], ['--mode=demo'], ['folder'], ['-h'], ['--mode=rehearsal', '--mode=rehearsal'], ['--workspace=/a', '--workspace=/b'], ['--load-extension=/x']])('refuses %s with a sentence', (...words) => {
    const result = parse(...words);
    expect(result.ok).toBe(false);
    expect(result.ok ? '' : result.sentence).toMatch(/^.{20,}\b/);
  });
});

describe('the words that are ours', () => {
  it('come after the application folder in a checkout', () => {
    expect(ownWords(['/e/electron', '--no-sandbox', '--inspect=0', '/repo', '--workspace=/w'], false, '/repo')).toEqual(['--workspace=/w']);
  });
  it('are all words in a package', () => { expect(ownWords(['/usr/bin/quorate', '--mode=rehearsal'], true, '/app')).toEqual(['--mode=rehearsal']); });
});
