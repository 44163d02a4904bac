/** All layers, in the order in which they are tried; after each removal the search begins anew. */
import type { Layer } from './layer.ts';
import { ansi } from './ansi.ts';
import { base64 } from './base64.ts';
import { bom } from './bom.ts';
import { crlf } from './crlf.ts';
import { csv } from './csv.ts';
import { doubleSpaced } from './double-spaced.ts';
import { embedded } from './embedded.ts';
import { fence } from './fence.ts';
import { goTest } from './go-test.ts';
import { html } from './html.ts';
import { indentation } from './indentation.ts';
import { jsonLines } from './json-lines.ts';
import { jsonPages } from './json-pages.ts';
import { jsonStreams } from './json-streams.ts';
import { literalBreaks } from './literal-breaks.ts';
import { logfmt } from './logfmt.ts';
import { logHead } from './log-head.ts';
import { machineInterface } from './machine-interface.ts';
import { mailWrap } from './mail-wrap.ts';
import { nbsp } from './nbsp.ts';
import { octalTabs } from './octal-tabs.ts';
import { oneLine } from './one-line.ts';
import { ownPrefix } from './own-prefix.ts';
import { pairRecord } from './pair-record.ts';
import { prefix } from './prefix.ts';
import { promptsInFront } from './prompts.ts';
import { quotedPrintable } from './quoted-printable.ts';
import { quoted } from './quoted.ts';
import { reversed, reversedMail } from './reversed.ts';
import { padding, screenWrap } from './screen.ts';
import { visibleEnds } from './visible-ends.ts';

export const layers: readonly Layer[] = [
  bom,
  crlf,
  ansi,
  padding,
  goTest,
  machineInterface,
  visibleEnds,
  jsonStreams,
  jsonLines,
  jsonPages,
  csv,
  logfmt,
  pairRecord,
  reversedMail,
  quotedPrintable,
  base64,
  html,
  nbsp,
  quoted,
  prefix,
  promptsInFront,
  // Wraps are undone before the indentation goes: a wrapped rest may stand at column 0.
  screenWrap,
  mailWrap,
  indentation,
  ownPrefix,
  fence,
  doubleSpaced,
  octalTabs,
  logHead,
  oneLine,
  // Last: what holds a whole stack in one string, once nothing else wraps the line around it.
  embedded,
  literalBreaks,
  reversed,
];
