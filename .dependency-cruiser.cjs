/** Import direction, as ARCHITECTURE.md draws it: who may know whom. No cycles anywhere. */
const only = (room, allowed) => ({
  name: `${room}-knows-only-${allowed.join('-') || 'itself'}`,
  severity: 'error',
  from: { path: `^src/core/${room}/` },
  to: { path: '^src/', pathNot: [`^src/core/(?:${[room, ...allowed].join('|')})/`] },
});

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    only('model', []),
    only('input', ['model']),
    only('text', ['model']),
    only('arch', ['model']),
    only('elf', ['model', 'input']),
    only('go', ['model', 'elf', 'arch']),
    only('words', ['model', 'arch']),
    only('unwind', ['model', 'arch', 'go', 'words']),
    only('assemble', ['model', 'arch', 'unwind', 'words', 'go', 'elf']),
    only('trail', ['model', 'arch', 'words']),
    only('ask', ['model', 'arch', 'words', 'unwind', 'trail']),
    only('diagnose', ['model', 'arch', 'words', 'trail']),
    only('picture', ['model', 'arch', 'words', 'unwind']),
    only('report', ['model', 'picture', 'trail', 'ask']),
    only('share', ['model']),
    {
      name: 'core-is-pure',
      comment: 'No DOM, no Node, no React in the core.',
      severity: 'error',
      from: { path: '^src/core/' },
      to: { dependencyTypes: ['core', 'npm', 'npm-dev'], pathNot: 'valibot' },
    },
    {
      name: 'outside-uses-index',
      comment: 'Worker, command and server use core through its index (and the model for types).',
      severity: 'error',
      from: { path: '^src/(?:worker|cli|server)/' },
      to: { path: '^src/core/', pathNot: ['^src/core/index\\.ts$', '^src/core/model/'] },
    },
    {
      name: 'app-knows-model-and-port',
      comment: 'The page knows the model, the share codec and the worker port: never a parser or a rule.',
      severity: 'error',
      from: { path: '^src/app/' },
      to: {
        path: '^src/',
        pathNot: ['^src/app/', '^src/core/model/', '^src/core/share/', '^src/worker/(?:protocol|client)\\.ts$'],
      },
    },
    {
      name: 'core-knows-no-one-above',
      severity: 'error',
      from: { path: '^src/core/' },
      to: { path: '^src/(?:app|worker|cli|server)/' },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.js'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'types'],
    },
  },
};
