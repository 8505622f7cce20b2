import type { ModelStatistics, Statistics } from '../protocol/messages.ts';
import { describeProblem, type Translate } from '../protocol/problems.ts';
import { escapeMarkdown, formatMs, formatShare } from './formats.ts';

/** The statistics as a Markdown page: one table row per model, and what the numbers mean. */
export function statisticsReport(statistics: Statistics, t: Translate): string {
  return `# ${t('Hearth: statistics')}\n\n${paragraphs(statistics, t).join('\n\n')}\n`;
}

function paragraphs({ days, models, problem }: Statistics, t: Translate): readonly string[] {
  const local = t('These numbers are counted on this machine and never leave it.');
  if (problem) return [escapeMarkdown(describeProblem(problem, t).message), local];
  if (!models.some((model) => model.shown > 0)) {
    return [t('Nothing is recorded yet. Write some code, accept a completion, then come back.'), local];
  }
  return [
    t('Days recorded: {0}.', Math.max(1, Math.ceil(days))),
    [tableRow(headings(t)), tableRow(headings(t).map((_, column) => (column === 0 ? ':--' : '--:')))]
      .concat(models.map((model) => tableRow(cells(model))))
      .join('\n'),
    t('Accepted: share of the shown completions that were accepted, whole or in part.'),
    t('Kept: share of the accepted characters that were still there at the last look (15, 60 or 300 s later).'),
    t('Latency: from keystroke to completion; half of all completions were faster than p50.'),
    local,
  ];
}

/** Keeps a number and its unit on one line. */
const noBreakSpace = '\u00a0';

function headings(t: Translate): readonly string[] {
  return [
    t('Model'),
    t('Shown'),
    t('Accepted'),
    t('Whole'),
    t('In part'),
    t('Rejected'),
    t('Accepted characters'),
    t('Kept'),
    'p50',
    'p95',
    'p99',
  ];
}

function cells(model: ModelStatistics): readonly string[] {
  return [
    escapeMarkdown(model.model),
    String(model.shown),
    formatShare(model.acceptedWhole + model.acceptedPart, model.shown),
    String(model.acceptedWhole),
    String(model.acceptedPart),
    String(model.rejected),
    String(model.acceptedCharacters),
    formatShare(model.keptCharacters, model.acceptedCharacters),
    formatMs(model.latencyMs.p50),
    formatMs(model.latencyMs.p95),
    formatMs(model.latencyMs.p99),
  ].map((cell, column) => (column === 0 ? cell : cell.replace(' ', noBreakSpace)));
}

function tableRow(columns: readonly string[]): string {
  return `| ${columns.join(' | ')} |`;
}
