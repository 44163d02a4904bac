/** The characters of the diagram, in Unicode and in ASCII. */
export interface DrawingSet {
  bead: string;
  hollow: string;
  bogus: string;
  cross: string;
  end: string;
  unread: string;
  crossing: string;
  line: string;
  broken: string;
  past: string;
  top: string;
  side: string;
  userTop: string;
  userSide: string;
  boxTop: string;
  boxSide: string;
  boxBottom: string;
  up: string;
  down: string;
  pointer: string;
  more: string;
}

const unicode: DrawingSet = {
  bead: '●',
  hollow: '○',
  bogus: '◆',
  cross: '✕',
  end: '■',
  unread: '◌',
  crossing: '◇',
  line: '│',
  broken: '╎',
  past: '┊',
  top: '┌',
  side: '│',
  userTop: '┏',
  userSide: '┃',
  boxTop: '┌',
  boxSide: '│',
  boxBottom: '└',
  up: '▲',
  down: '▼',
  pointer: '◂',
  more: '…',
};

const ascii: DrawingSet = {
  bead: '*',
  hollow: 'o',
  bogus: 'X',
  cross: 'X',
  end: '#',
  unread: '?',
  crossing: '<',
  line: '|',
  broken: '!',
  past: ':',
  top: '+',
  side: '|',
  userTop: '+',
  userSide: '|',
  boxTop: '/',
  boxSide: '|',
  boxBottom: '\\',
  up: '^',
  down: 'v',
  pointer: '<',
  more: '...',
};

export function drawingSet(inAscii: boolean): DrawingSet {
  return inAscii ? ascii : unicode;
}

export function legend(set: DrawingSet): string {
  return `${set.bead} link holds  ${set.bogus} broken  ${set.hollow} past the break  ${set.unread} not in the input  ${set.end} end`;
}
