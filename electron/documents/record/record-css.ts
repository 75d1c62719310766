/** Rules of the printed record. */
export const RECORD_CSS = `
.out{font-size:26pt}.lead{font-size:12pt;line-height:1.36;margin:1.5mm 0 3mm}
.folk td{padding:1.05mm 2mm 1.05mm 0}.first h3{margin:3.6mm 0 1.1mm;font-size:12pt}.first .kv dt,.first .kv dd{padding:.75mm 0}.first .folk td{padding:.75mm 2mm .75mm 0}
.acth{display:grid;grid-template-columns:18mm 1fr;margin:2mm 0 4mm;break-after:avoid}.no{font-size:38pt;font-weight:700;line-height:.85}.acth h3{font-size:18pt;line-height:1.12;margin:0}.acth p{margin-top:1mm}
.act+.act{margin-top:9mm}.rec{table-layout:fixed}.rec th:nth-child(1){width:12mm}.rec th:nth-child(2){width:25mm}.rec th:nth-child(3){width:30mm}.rec th:nth-child(5){width:27mm}.rec th:nth-child(6){width:18mm}
.rec>tbody>tr>td{padding:1.8mm 2mm 1.8mm 0}.rec>tbody>tr>td:last-child{padding-right:0}.obs{display:grid;grid-template-columns:1fr 25mm;column-gap:2mm;break-inside:avoid}.obs+.obs{margin-top:1mm}.obs time{font-size:9pt;white-space:nowrap}
.ini i{display:block;width:18mm;height:10mm;border:var(--rule) solid}.exr{break-before:avoid}.exr>td{padding:0 0 3mm!important}.exr .note{margin-left:12mm;display:grid;grid-template-columns:14mm 1fr}.eh{font-size:13pt;font-weight:700;line-height:1.2}
.key{break-before:avoid;margin-top:4mm;max-width:150mm;line-height:1.6}.cap{font-size:var(--small);margin-top:1mm}.qrcell .qr{margin:-3mm -3mm -3mm 0}
.sig td{height:14mm}.sig{table-layout:fixed}.sig th:nth-child(1){width:34mm}.sig.five th:nth-child(2){width:54mm}.sig th:nth-child(3){width:36mm}.sig th:nth-child(4){width:20mm}.sig td i{display:block;border:var(--rule) solid;height:11mm}
.files{table-layout:fixed}.files th:first-child{width:48mm}.files td{padding:.9mm 2mm .9mm 0}.files code{white-space:normal;overflow-wrap:anywhere}.wrap code{white-space:normal;overflow-wrap:anywhere;-webkit-box-decoration-break:clone;box-decoration-break:clone}.wrap th:first-child{width:38mm}.wrap th:last-child{width:20mm}
.how5{counter-reset:n}.how5 li{counter-increment:n;position:relative;padding-left:8mm;margin-top:2mm;break-inside:avoid}.how5 li::before{content:counter(n);position:absolute;left:0;font-weight:700}
.receipts td{height:12mm}.receipts{table-layout:fixed}.receipts td i{display:block;border:var(--rule) solid;height:9.5mm}.receipts th:nth-child(1){width:13mm}.receipts th:nth-child(4){width:24mm}.receipts th:nth-child(5){width:44mm}.receipts th:nth-child(6){width:22mm}
.slips{table-layout:fixed}.slips td{height:14mm}.slips td i{display:block;border:var(--rule) solid;height:11mm}.slips th:nth-child(1){width:12mm}.slips th:nth-child(3){width:22mm}.slips th:nth-child(4){width:27mm}.slips th:nth-child(5){width:20mm}.slips th:nth-child(6){width:25mm}.slips th:nth-child(7){width:36mm}
.copies code,.shares code{white-space:normal;overflow-wrap:anywhere;-webkit-box-decoration-break:clone;box-decoration-break:clone}.copies th:nth-child(1){width:36mm}.copies th:nth-child(2){width:24mm}.copies th:nth-child(3){width:19mm}.copies th:nth-child(4){width:32mm}.copies th:nth-child(6){width:27mm}.copies{table-layout:fixed}
.shares{table-layout:fixed}.shares th:nth-child(1){width:8mm}.shares th:nth-child(2){width:27mm}.shares th:nth-child(4){width:15mm}.shares th:nth-child(5){width:19mm}.shares th:nth-child(6){width:26mm}.shares th:nth-child(7){width:23mm}.shares th:nth-child(8){width:25mm}
.refused{table-layout:fixed}.refused th:nth-child(1){width:29mm}.refused th:nth-child(2){width:29mm}.refused th:nth-child(3){width:16mm}.refused th:nth-child(5){width:44mm}
`;
