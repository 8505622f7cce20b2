import { Disposable, type Event, EventEmitter, window, workspace } from 'vscode';
import { calmIndexStatus } from './calmIndexStatus.ts';
import { calmStatus } from './calmStatus.ts';
import { currentSettings } from './currentSettings.ts';
import type { EngineClient } from './engineClient.ts';
import { focusedDocument } from './focusedDocument.ts';
import { offReason, type StatusView } from './statusText.ts';

/** The state to show right now, and when it changes: the engine's, the settings' and the focused document's share in it. */
export interface StatusWatch extends Disposable {
  readonly view: StatusView;
  readonly onChange: Event<StatusView>;
}

export function watchStatus(engine: EngineClient): StatusWatch {
  const changed = new EventEmitter<StatusView>();
  let { status } = engine;
  let index = engine.index.status;
  let { status: personal } = engine.personal;
  let view: StatusView = { status, index };
  const update = () => {
    const document = focusedDocument();
    const inlineSuggest = workspace.getConfiguration('editor', document).get('inlineSuggest.enabled', true);
    const off = offReason(currentSettings(), inlineSuggest, document?.languageId);
    view = { status, index, ...(personal && { personal }), ...(off && { off }) };
    changed.fire(view);
  };
  const take = calmStatus((calm) => {
    status = calm;
    update();
  });
  const takeIndex = calmIndexStatus((calm) => {
    index = calm;
    update();
  });
  const parts = [
    changed,
    engine.onStatus(take),
    engine.index.onStatus(takeIndex),
    engine.personal.onStatus((newest) => {
      personal = newest;
      update();
    }),
    workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration('hearth') || change.affectsConfiguration('editor.inlineSuggest')) update();
    }),
    window.onDidChangeActiveTextEditor(update),
    // A document changes its language by being closed and opened again.
    workspace.onDidOpenTextDocument((document) => {
      if (document === window.activeTextEditor?.document) update();
    }),
  ];
  update();
  return {
    get view() {
      return view;
    },
    onChange: changed.event,
    dispose() {
      take[Symbol.dispose]();
      takeIndex[Symbol.dispose]();
      Disposable.from(...parts).dispose();
    },
  };
}
