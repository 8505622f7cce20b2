import type { ChatFacts } from '../generate.ts';
import type { EmbeddingSession } from './embeddingSession.ts';
import type { FimMarkers, FittingFormat } from './hostProtocol.ts';
import type { RankingSession } from './rankingSession.ts';
import type { Session } from './session.ts';

/** What the model was loaded for. */
export type HostWork =
  | {
      readonly purpose: 'generate';
      readonly session: Session;
      fittingFormats(formats: readonly FimMarkers[]): FittingFormat[];
    }
  | { readonly purpose: 'embed'; readonly session: EmbeddingSession }
  | { readonly purpose: 'rank'; readonly session: RankingSession };

/** The part of what clients are told that depends on the purpose. */
export interface OpenedWork {
  readonly work: HostWork;
  readonly contextSize: number;
  readonly chat?: ChatFacts;
  readonly dimensions?: number;
}
