/** The look of a report: on a screen in light and dark, on a telephone, and on paper. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --ink: #1c2430; --soft: #5b6675; --line: #d9dfe6; --back: #ffffff; --panel: #f5f7f9; --link: #1858a8;
  --good: #18794e; --bad: #b42318; --unknown: #8a5a00;
  --allowed: #2f9e6e; --denied: #d0453a; --would: #e0973b; --undecided: #7c4dab; --refused: #a33d6a; --other: #8c97a5;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ink: #e4e9f0; --soft: #9aa6b5; --line: #333d4a; --back: #12171e; --panel: #1b222b; --link: #7fb4f5;
    --good: #5cc998; --bad: #ff8f85; --unknown: #e5b567;
  }
}
* { box-sizing: border-box; }
html { background: var(--back); color: var(--ink); font: 15px/1.5 system-ui, -apple-system, 'Segoe UI', sans-serif; }
body { max-width: 72rem; margin: 0 auto; padding: 2rem 1.5rem 4rem; }
h1 { font-size: 1.9rem; line-height: 1.2; margin: 0; overflow-wrap: anywhere; }
h2 { font-size: 1.25rem; margin: 2.5rem 0 .75rem; padding-bottom: .35rem; border-bottom: 2px solid var(--line); }
header p { color: var(--soft); margin: .35rem 0 0; overflow-wrap: anywhere; }
a { color: var(--link); }
p.good, em.good { color: var(--good); }
p.bad, em.bad { color: var(--bad); }
p.unknown, em.unknown { color: var(--unknown); }
em { font-style: normal; font-weight: 600; }
p.unknown { border-left: 3px solid var(--unknown); padding-left: .75rem; }
.marks { list-style: none; display: grid; grid-template-columns: repeat(auto-fit, minmax(8rem, 1fr)); gap: .6rem; padding: 0; margin: 1.5rem 0; }
.marks a { display: block; height: 100%; padding: .7rem .8rem; background: var(--panel); border-top: 3px solid var(--line); color: inherit; text-decoration: none; }
.marks b { display: block; font-size: 1.1rem; overflow-wrap: anywhere; }
.marks span { color: var(--soft); font-size: .85rem; }
.marks .good a { border-color: var(--good); } .marks .good b { color: var(--good); }
.marks .bad a { border-color: var(--bad); } .marks .bad b { color: var(--bad); }
.marks .unknown a { border-color: var(--unknown); } .marks .unknown b { color: var(--unknown); }
nav ol { columns: 12rem; padding-left: 1.4rem; margin: 0; font-size: .92rem; }
dl { display: grid; grid-template-columns: repeat(auto-fit, minmax(14rem, 1fr)); gap: .6rem 1.5rem; margin: 0 0 1rem; }
dt { color: var(--soft); font-size: .85rem; }
dd { margin: 0; overflow-wrap: anywhere; }
table { width: 100%; border-collapse: collapse; margin: 0 0 1rem; font-size: .92rem; }
th, td { text-align: left; vertical-align: top; padding: .4rem .6rem .4rem 0; border-bottom: 1px solid var(--line); overflow-wrap: anywhere; }
th { color: var(--soft); font-weight: 600; overflow-wrap: break-word; }
td em { overflow-wrap: break-word; }
.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
figure { margin: 0 0 1.25rem; }
figcaption { color: var(--soft); font-size: .9rem; }
pre { background: var(--panel); padding: .7rem .9rem; margin: .3rem 0 0; font: .85rem/1.45 ui-monospace, monospace; white-space: pre-wrap; overflow-wrap: anywhere; }
.bars svg { display: block; width: 100%; height: auto; border-bottom: 1px solid var(--line); }
.bars figcaption { display: flex; justify-content: space-between; gap: 1rem; flex-wrap: wrap; }
.bars ul { list-style: none; display: flex; flex-wrap: wrap; gap: 0 1rem; padding: 0; margin: 0; }
.bars li::before { content: ''; display: inline-block; width: .7em; height: .7em; margin-right: .4em; }
rect { fill: var(--other); } li { --key: var(--other); }
rect.allowed { fill: var(--allowed); } rect.denied { fill: var(--denied); } rect.would-be-denied { fill: var(--would); }
rect.undecided { fill: var(--undecided); } rect.refused { fill: var(--refused); }
li.allowed { --key: var(--allowed); } li.denied { --key: var(--denied); } li.would-be-denied { --key: var(--would); }
li.undecided { --key: var(--undecided); } li.refused { --key: var(--refused); }
.bars li::before { background: var(--key); }
@media (max-width: 40rem) {
  body { padding: 1.2rem 1rem 3rem; }
  thead { display: none; }
  tr { display: block; padding: .5rem 0; border-bottom: 1px solid var(--line); }
  td, td.number { display: flex; gap: .75rem; text-align: left; border: 0; padding: .12rem 0; white-space: normal; }
  td::before { content: attr(data-head); flex: 0 0 7rem; color: var(--soft); font-size: .85rem; }
}
@page { margin: 16mm 14mm; }
@media print {
  :root {
    color-scheme: light;
    --ink: #000000; --soft: #444444; --line: #bbbbbb; --back: #ffffff; --panel: #f4f4f4; --link: #000000;
    --good: #0f5c3a; --bad: #9c1c12; --unknown: #6b4600;
  }
  html { font-size: 10pt; }
  body { max-width: none; padding: 0; }
  nav { display: none; }
  a { text-decoration: none; }
  h2 { break-after: avoid; }
  tr, figure.bars, .marks li { break-inside: avoid; }
  thead { display: table-header-group; }
  .marks { grid-template-columns: repeat(4, 1fr); }
  * { print-color-adjust: exact; }
}
`;
