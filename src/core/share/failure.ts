/** Why a link does not open. The messages say what is wrong and what to do, as the page and the command show them. */
export type LinkFailure = 'not-a-link' | 'newer' | 'cut-off' | 'mangled' | 'too-large';

const messages: Record<LinkFailure, string> = {
  'not-a-link': 'This is not a Framewalk link: the part after # must begin with a form number and a dot, as in #1.…',
  newer: 'This link was made by a newer version. Reload to update.',
  'cut-off': 'The link is cut off: its end is missing. Copy it again in one piece.',
  mangled: 'The link is damaged: its contents do not match their check sum. Copy it again from where it was made.',
  'too-large': 'The link unpacks to more than is allowed, so it was not opened. Ask for the files instead.',
};

export interface FailedLink {
  ok: false;
  reason: LinkFailure;
  message: string;
}

export function failed(reason: LinkFailure): FailedLink {
  return { ok: false, reason, message: messages[reason] };
}
