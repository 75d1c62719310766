/** Puts a report of the verifier on the page: headline, findings, and of each ceremony its strip and its checks. */
import { CHECK_NAMES, EXIT_TEXTS, RESULT_WORDS, stripOf, stripSentence } from '../../shared/text/verify-report.ts';
import type { Check, Finding, FolderReport, VerifyReport } from '../../shared/transcript/report.ts';
import { at, make, say, show } from './dom.ts';

const LEVELS: Readonly<Record<Finding['level'], readonly [string, string]>> = { fault: ['Fault', 'fault'], limit: ['Limit', 'not-done'], note: ['Note', 'claim'] };
const HEADINGS: Readonly<Record<Finding['level'], string>> = { fault: 'Faults', limit: 'What this check cannot see', note: 'Worth knowing' };

const mark = (word: string, look: string): HTMLElement => make('span', `mark ${look}`, word);
const place = ({ code, file, seq }: Finding): string => [code, file, seq === null ? null : `entry ${seq}`].filter((part) => part !== null).join(' · ');
const findingRow = (finding: Finding): HTMLElement => {
  const [word, look] = LEVELS[finding.level], row = make('li', '', mark(word, look), make('div', '', make('p', '', finding.text), make('p', 'code cap', place(finding))));
  Object.assign(row.dataset, { code: finding.code, level: finding.level, file: finding.file ?? '', seq: finding.seq === null ? '' : String(finding.seq) });
  return row;
};
const findingList = (report: VerifyReport, level: Finding['level']): readonly HTMLElement[] => {
  const found = report.findings.filter((finding) => finding.level === level);
  return found.length === 0 ? [] : [make('h3', '', HEADINGS[level]), make('ul', 'findings', ...found.map(findingRow))];
};

/** The strip is drawn on a copy of the page's own picture: positions only. */
const strip = (folder: FolderReport): readonly HTMLElement[] => {
  const shape = stripOf(folder);
  if (shape === null) return [];
  const figure = (at<HTMLTemplateElement>('strip').content.cloneNode(true) as DocumentFragment).querySelector('figure')!;
  const part = (name: string): Element => figure.querySelector(`.${name}`)!;
  part('whole').classList.toggle('unsure', shape.broken !== null);
  part('signed').setAttribute('width', String(1000 * shape.signed));
  if (shape.broken === null) part('broken').remove(); else part('broken').setAttribute('x', String(1000 * shape.broken));
  const triangle = part('triangle');
  triangle.replaceWith(...shape.marks.map((where) => { const one = triangle.cloneNode() as Element; one.setAttribute('d', `M${1000 * where} 48l5 12h-10z`); return one; }));
  figure.append(make('figcaption', '', `${stripSentence(folder)} Triangles are sign-offs.`));
  return [figure];
};

const checkRow = ({ name, result, text }: Check): HTMLElement => {
  const row = make('tr', result === 'fault' ? 'faulty' : '', make('td', '', mark(RESULT_WORDS[result], result)), make('th', '', CHECK_NAMES[name]), make('td', '', text));
  row.querySelector('th')!.scope = 'row';
  return row;
};
const headRow = (): HTMLElement => make('tr', '', ...['Result', 'Check', 'Finding'].map((name) => { const cell = make('th', '', name); cell.scope = 'col'; return cell; }));
const folderPart = (folder: FolderReport): HTMLElement => {
  const facts = [folder.mode ?? 'mode unknown', `${folder.entries} entries`, folder.outcome ?? 'not closed', ...(folder.closedAt === null ? [] : [`closed ${folder.closedAt}`])].join(', ');
  return make('section', 'ceremony', make('h3', '', folder.title === null ? folder.name : `${folder.name}: ${folder.title}`), make('p', 'cap', facts),
    make('p', 'code head', `Closing head ${(folder.head ?? 'none').replaceAll(/(.{8})(?=.)/g, '$1 ')}`),
    ...strip(folder), make('table', '', make('thead', '', headRow()), make('tbody', '', ...folder.checks.map(checkRow))));
};

/** @param name what was verified. */
export const showReport = (name: string, report: VerifyReport): void => {
  const headline = at('headline');
  headline.className = report.holds ? (report.anchored ? 'sound' : 'limit') : 'stopped';
  headline.dataset['exit'] = String(report.exitStatus);
  headline.textContent = report.headline;
  say('verified', `${name}. Exit status of the command line for the same: ${report.exitStatus}, ${EXIT_TEXTS[report.exitStatus]}.`);
  at('findings').replaceChildren(...(['fault', 'limit', 'note'] as const).flatMap((level) => findingList(report, level)));
  at('ceremonies').replaceChildren(...report.folders.map(folderPart));
  document.body.classList.toggle('is-rehearsal', report.folders.some(({ mode }) => mode === 'rehearsal'));
  show('rehearsal-band', report.folders.some(({ mode }) => mode === 'rehearsal'));
  show('part-result', true);
  headline.focus();
};
