import { describe, expect, it } from 'vitest';
import { diagnostic } from '../../lib/diagnostics/diagnostic';
import { renderGitHub } from '../../lib/diagnostics/render-github';
import { renderJson } from '../../lib/diagnostics/render-json';
import { renderSarif } from '../../lib/diagnostics/render-sarif';
import { renderText } from '../../lib/diagnostics/render-text';

const SOURCE = 'personas: {}\n\ttests: 3\n';
const PLACED = diagnostic(
  'TEST_VALUE_INVALID',
  { key: 'tests', found: '3', expected: 'a list' },
  {
    location: { file: 'a,b:c/50%.test.yaml', line: 2, column: 9, endLine: 2, endColumn: 10, source: SOURCE },
    related: [
      { message: 'the first one is here', location: { file: 'a.test.yaml', line: 1, column: 1, source: SOURCE } },
      { message: 'without a place' },
    ],
  },
);
const UNPLACED = diagnostic('COMMAND_UNKNOWN', { name: 'tst', suggestion: 'test' });

describe('one finding, several renderings', () => {
  it('underlines the source for people, tabs kept', () => {
    expect(renderText([PLACED, UNPLACED])).toBe(
      [
        'error[TEST_VALUE_INVALID]: `tests` cannot be `3`',
        '  --> a,b:c/50%.test.yaml:2:9',
        '    |',
        '  2 | \ttests: 3',
        '    | \t       ^',
        '  note: the first one is here',
        '  --> a.test.yaml:1:1',
        '    |',
        '  1 | personas: {}',
        '    | ^',
        '  note: without a place',
        '  help: write a list',
        '',
        'error[COMMAND_UNKNOWN]: there is no command `tst`',
        '  help: did you mean `test`?',
      ].join('\n'),
    );
  });

  it('gives programs the same data without the files', () => {
    expect(renderJson([PLACED, UNPLACED])).toEqual([
      {
        code: 'TEST_VALUE_INVALID',
        severity: 'error',
        message: '`tests` cannot be `3`',
        help: 'write a list',
        location: { file: 'a,b:c/50%.test.yaml', line: 2, column: 9, endLine: 2, endColumn: 10 },
        related: [
          { message: 'the first one is here', location: { file: 'a.test.yaml', line: 1, column: 1 } },
          { message: 'without a place' },
        ],
      },
      { code: 'COMMAND_UNKNOWN', severity: 'stop', message: UNPLACED.message, help: UNPLACED.help },
    ]);
    expect(JSON.stringify(renderJson([PLACED]))).not.toContain('personas');
  });

  it('gives code scanning a SARIF log with rules, levels and regions', () => {
    const warning = { ...UNPLACED, severity: 'warning' as const };
    expect(renderSarif([PLACED, warning], { place: 'cdk.json' })).toMatchObject({
      version: '2.1.0',
      runs: [
        {
          tool: {
            driver: { rules: [{ id: 'COMMAND_UNKNOWN', name: 'CommandUnknown' }, { id: 'TEST_VALUE_INVALID' }] },
          },
          results: [
            {
              ruleId: 'TEST_VALUE_INVALID',
              ruleIndex: 1,
              level: 'error',
              message: { text: '`tests` cannot be `3`; write a list' },
              locations: [
                {
                  physicalLocation: {
                    artifactLocation: { uri: 'a,b:c/50%25.test.yaml' },
                    region: { startLine: 2, startColumn: 9, endLine: 2, endColumn: 10 },
                  },
                },
              ],
              relatedLocations: [{ message: { text: 'the first one is here' } }],
            },
            {
              ruleId: 'COMMAND_UNKNOWN',
              level: 'warning',
              locations: [{ physicalLocation: { artifactLocation: { uri: 'cdk.json' }, region: { startLine: 1 } } }],
            },
          ],
        },
      ],
    });
  });

  // Covers findings.github
  it('gives GitHub one escaped line each', () => {
    expect(renderGitHub([PLACED, UNPLACED])).toBe(
      [
        '::error file=a%2Cb%3Ac/50%25.test.yaml,line=2,endLine=2,col=9,endColumn=10,title=TEST_VALUE_INVALID' +
          '::`tests` cannot be `3`%0Ahelp: write a list',
        '::error title=COMMAND_UNKNOWN::there is no command `tst`%0Ahelp: did you mean `test`?',
        '',
      ].join('\n'),
    );
  });

  it('shows nothing for nothing', () => {
    expect([renderText([]), renderGitHub([]), renderJson([])]).toEqual(['', '', []]);
    expect(renderSarif([], { place: 'cdk.json' })).toMatchObject({ runs: [{ results: [] }] });
  });
});
