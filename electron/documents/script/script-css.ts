/** Rules of the printed script: real boxes for ink, 18 x 10 mm for initials, 22 x 10 mm for the time. */
export const SCRIPT_CSS = `
.cover h1{font-size:26pt;margin-bottom:1.5mm}.cover .kv dt,.cover .kv dd{padding:.9mm 0}.cover h3{margin:4mm 0 1.2mm}.lead{font-size:12.5pt;line-height:1.36;margin:0 0 3.5mm;max-width:165mm}
.irrlist{display:grid;grid-template-columns:1fr 1fr;column-gap:8mm}.irrlist li{border-left:5pt double #000;padding:.8mm 0 .8mm 3mm;margin-top:1.2mm}
.acth{display:grid;grid-template-columns:18mm 1fr 54mm;column-gap:3mm;align-items:start;margin-bottom:6mm;break-after:avoid}.no{font-size:44pt;font-weight:700;line-height:.85}.acth h2{font-size:22pt;line-height:1.12;margin:0}.acth p{margin-top:1mm}
.acth dl{display:grid;grid-template-columns:17mm 1fr;font-size:9.5pt;border-left:var(--hair) solid;padding-left:4mm}.acth dt{color:var(--grey)}
.steps{table-layout:fixed}.steps th:nth-child(1){width:10mm}.steps th:nth-child(2){width:24mm}.steps th:nth-child(3){width:26mm}.steps th:nth-child(5){width:25mm}.steps th:nth-child(6){width:20mm}.steps th:nth-child(7){width:22mm}
.steps>tbody>tr>td{padding:2mm 2mm 2mm 0;height:14mm}.steps>tbody>tr>td:last-child{padding-right:0}
.bx i{display:block;width:18mm;height:10mm;border:var(--rule) solid}.bx.t i{width:22mm}
.fill{display:block;font-size:8.5pt;line-height:1.3}.fill u{display:block;text-decoration:none;border-bottom:var(--rule) solid;height:5.5mm;width:23mm}.fill+.fill{margin-top:1.2mm}
.hold>td{padding:3mm 0!important}.hold>td>div{border:var(--heavy) solid;padding:3mm 4mm;display:grid;grid-template-columns:11mm 1fr}.hold .hn{font-size:12pt}
.in{grid-column:1/3;margin-top:2.5mm;table-layout:fixed}.in td{border:var(--hair) solid!important;height:15mm;padding:.8mm 1.4mm!important;font-size:8.5pt;vertical-align:top}
.end{margin-top:5mm;break-inside:avoid}.end .four{display:grid;grid-template-columns:repeat(4,1fr) 18mm 22mm;column-gap:4mm;align-items:end;margin-top:2mm}.end .four u{display:block;text-decoration:none;border-bottom:var(--rule) solid;height:9mm}.end .four i{display:block;height:10mm;border:var(--rule) solid}.end .four small,.form small{font-size:7.5pt;color:var(--grey)}
.folk td{height:13mm;padding:1.3mm 2mm 1.3mm 0}.folk td i,.slot{display:block;border:var(--rule) solid;height:10mm}.folk{table-layout:fixed}.folk th:nth-child(1){width:26mm}.folk th:nth-child(3){width:46mm}.folk th:nth-child(4){width:22mm}.folk th:nth-child(5){width:18mm}
.how{display:grid;grid-template-columns:1fr 1fr;column-gap:8mm;font-size:9.5pt;line-height:1.35}.how li{margin-top:1.2mm;break-inside:avoid}.how ol{counter-reset:n}.how ol+ol{counter-reset:n 5}.how ol li{counter-increment:n;padding-left:6mm;position:relative}.how ol li::before{content:counter(n);position:absolute;left:0;font-weight:700}
.form{border:var(--rule) solid;padding:3mm 4mm;break-inside:avoid}.form+.form{margin-top:4mm}.form h3{margin:0 0 1mm;font-size:13pt}.form .row{display:grid;column-gap:4mm;margin-top:1.2mm}.form .row small{line-height:1.2}.form .ln{border-bottom:var(--hair) solid;height:7.2mm}.form p{margin-top:1.6mm}.tick{display:inline-block;width:3.4mm;height:3.4mm;border:var(--rule) solid;vertical-align:-.5mm;margin:0 1.4mm 0 0}.opt{margin-right:3.5mm;white-space:nowrap}
.log{table-layout:fixed}.log td{height:9.5mm}.log th:nth-child(1){width:35mm}.log th:nth-child(2){width:37mm}.log th:nth-child(6),.log th:nth-child(7){width:17mm}.hand{table-layout:fixed}.hand td,.hand th{border:var(--hair) solid;text-align:center;padding:.5mm;width:auto}.hand td{height:10mm}
`;
