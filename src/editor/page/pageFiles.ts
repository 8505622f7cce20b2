import { randomBytes } from 'node:crypto';
import { env, Uri, type Webview } from 'vscode';
import type { PageFiles } from './pageDocument.ts';

export interface PagePaths {
  /** Folders of the extension: a page may load what lies in them, and nothing else. */
  readonly styleFolder: string;
  readonly scriptFolder: string;
  readonly style: string;
  readonly script: string;
}

/** Lets a webview run its script, and says where its files are. */
export function openPageFiles(webview: Webview, extensionUri: Uri, paths: PagePaths): PageFiles {
  const styles = Uri.joinPath(extensionUri, paths.styleFolder);
  const scripts = Uri.joinPath(extensionUri, paths.scriptFolder);
  webview.options = { enableScripts: true, localResourceRoots: [styles, scripts] };
  return {
    cspSource: webview.cspSource,
    nonce: randomBytes(16).toString('base64url'),
    script: webview.asWebviewUri(Uri.joinPath(scripts, paths.script)).toString(),
    style: webview.asWebviewUri(Uri.joinPath(styles, paths.style)).toString(),
    language: env.language,
  };
}
