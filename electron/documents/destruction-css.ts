/** Rules of the destruction certificate. */
export const DESTRUCTION_CSS = `
.k{font-size:26pt}.lead{font-size:12pt;line-height:1.4;margin:3mm 0 5mm;max-width:164mm}section+section{margin-top:7mm}
.destroyed{table-layout:fixed}.destroyed th:nth-child(1){width:10mm}.destroyed th:nth-child(2){width:46mm}.destroyed th:nth-child(3){width:38mm}.destroyed th:nth-child(5){width:19mm}
.destroyed code{white-space:normal;overflow-wrap:anywhere}
.sg{display:grid;grid-template-columns:1fr 1fr 1fr;column-gap:8mm}.sg>div{display:grid;grid-template-columns:1fr auto;font-size:10pt;line-height:1.3;padding-bottom:2mm;break-inside:avoid}
.sg .ln{grid-column:1/3;height:12mm;border-bottom:var(--rule) solid;margin-bottom:1mm}.sg span{color:var(--grey);font-size:9pt}.sg b{grid-column:1}.sg .dt{grid-column:2}
.said{margin-top:3mm}.evidence{margin-top:5mm;break-inside:avoid}
`;
