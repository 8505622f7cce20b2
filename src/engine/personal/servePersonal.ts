import type { Connection } from 'vscode-languageserver';
import type { ExampleBook } from '../../personalize/examples/exampleBook.ts';
import { Message } from '../../protocol/messages.ts';
import type {
  ChangeExamples,
  ComparedCompletions,
  ComparePlace,
  ControlTraining,
  EditStyle,
  ExampleQuery,
  ExamplePage,
  ExportAdapter,
  ExportResult,
  ImportAdapter,
  LearningRuleSet,
  TrainingEstimate,
  TrainingWish,
  TrainResult,
  UseAdapter,
} from '../../protocol/personalMessages.ts';
import { reportChanges } from '../reportChanges.ts';
import { exampleView } from './overview.ts';
import type { Personal } from './personal.ts';
import type { StyleDesk } from './styleDesk.ts';
import type { Trainings } from './trainings.ts';

const maxPage = 200;

/** Everything the client can ask and order about the personal style. */
export function servePersonal(
  connection: Connection,
  parts: {
    readonly personal: Personal;
    readonly trainings: Trainings;
    readonly book: ExampleBook;
    readonly style: StyleDesk;
    readonly estimate: (wish: TrainingWish) => Promise<TrainingEstimate>;
    readonly compare: (place: ComparePlace) => Promise<ComparedCompletions>;
  },
): void {
  const { personal, trainings, book, style, estimate, compare } = parts;
  connection.onRequest(Message.personal, () => personal.overview());
  connection.onRequest(Message.personalExamples, async (query: ExampleQuery): Promise<ExamplePage> => {
    const { examples, next } = await book.page({ ...query, limit: Math.max(1, Math.min(maxPage, query.limit)) });
    return { examples: examples.map(exampleView), ...(next === undefined ? {} : { next }) };
  });
  connection.onRequest(Message.changeExamples, async (change: ChangeExamples) => {
    if (change.order === 'delete') await book.delete(change.ids);
    else await book.setExcluded(change.id, change.order === 'exclude');
    await personal.recount();
  });
  connection.onRequest(Message.setLearningRules, async (rules: LearningRuleSet) => {
    await book.setRules(rules);
    await personal.recount();
  });
  connection.onRequest<TrainingEstimate, void>(Message.estimateTraining, (wish: TrainingWish) => estimate(wish));
  connection.onRequest<TrainResult, void>(Message.train, ({ place }: TrainingWish) => personal.train(place));
  connection.onRequest(Message.controlTraining, ({ order }: ControlTraining) => trainings.control(order));
  connection.onRequest<TrainResult, void>(Message.useAdapter, (order: UseAdapter) => personal.use(order));
  connection.onRequest(Message.compareAdapter, (place: ComparePlace) => compare(place));
  connection.onRequest<ExportResult, void>(Message.exportAdapter, ({ id, into }: ExportAdapter) =>
    personal.export(id, into),
  );
  connection.onRequest<TrainResult, void>(Message.importAdapter, (order: ImportAdapter) => personal.import(order));
  connection.onRequest(Message.editStyle, (order: EditStyle) => style.edit(order));
  connection.onRequest(Message.forgetPersonal, () => personal.forget());
  reportChanges(
    personal.onStatus,
    () => personal.status,
    (status) => void connection.sendNotification(Message.personalStatus, status),
  );
}
