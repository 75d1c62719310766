/** Rules of the tables of a charter. */
export const CHARTER_CSS = `
.roster{table-layout:fixed}.roster th:nth-child(1){width:42mm}.roster th:nth-child(2){width:32mm}.roster th:nth-child(4){width:27mm}.roster th:nth-child(5){width:19mm}
.diff{table-layout:fixed}.diff th:nth-child(1){width:44mm}.diff td{overflow-wrap:anywhere}.charter .kv>div{grid-template-columns:62mm 1fr}
`;
