/**
 * How a paper looks, in print and on screen: black on white, a pen's width between lines, nothing split inside a step or a
 * command, heads of tables repeated. The same text goes into the page and into the file that stands alone.
 */
export const paperStyle = `
.pp{color:#000;overflow-wrap:break-word;background:#fff;font:9.5pt/1.4 'Segoe UI',system-ui,'Liberation Sans',Arial,sans-serif;max-width:186mm;margin:0 auto;padding:8mm;color-scheme:light}
.pp *{box-sizing:border-box}
.pp :is(h1,h2,h3){white-space:pre-wrap}
.pp h1{font-size:17pt;line-height:1.2;margin:0 0 2mm}
.pp h2{font-size:13.5pt;margin:8mm 0 3mm;break-after:avoid;border-bottom:.6mm solid #000;padding-bottom:1mm}
.pp h3{font-size:10.5pt;margin:4mm 0 1mm;break-after:avoid}
.pp p{margin:0 0 1.5mm}
.pp .kind{font-weight:600;letter-spacing:.02em;margin:0 0 1mm}
.pp .alarm{border:.7mm solid #000;padding:2mm 3mm;font-weight:700;margin:3mm 0}
.pp table{border-collapse:collapse;width:100%;margin:0 0 4mm}
.pp caption{color:#000;text-align:start;font-weight:600;padding:1.5mm 0 1mm;break-after:avoid}
.pp th,.pp td{border:.25mm solid #555;padding:1mm 1.5mm;text-align:start;vertical-align:top}
.pp thead{display:table-header-group;break-after:avoid}
.pp thead th{background:#eee;font-size:8pt}
.pp tr{break-inside:avoid}
.pp table:not(.steps)>tbody>tr:first-child:not(:last-child){break-after:avoid}.pp table:not(.steps)>tbody>tr:last-child:not(:first-child){break-before:avoid}
.pp .fields th{width:38mm;overflow-wrap:normal;hyphens:manual;font-weight:400;color:#222}
.pp .fields td{font-weight:600}
.pp .fields--pair{table-layout:fixed}.pp .fields--pair th{width:35mm}.pp .fields--pair td.pen{height:5.6mm}
.pp .pair{columns:2;column-gap:6mm}
.pp td{overflow-wrap:anywhere;font-size:inherit}
.pp .grid{table-layout:fixed}.pp .w5{width:5%}.pp .w10{width:10%}.pp .w15{width:15%}.pp .w20{width:20%}.pp .w25{width:25%}.pp .w30{width:30%}.pp .w35{width:35%}.pp .w40{width:40%}.pp .w45{width:45%}.pp .w50{width:50%}.pp .w55{width:55%}.pp .w60{width:60%}.pp .w65{width:65%}.pp .w70{width:70%}.pp .w75{width:75%}.pp .w80{width:80%}.pp .w85{width:85%}.pp .w90{width:90%}.pp .w95{width:95%}
.pp .grid--signed td.pen{height:9mm}
.pp .prose,.pp .whole{break-inside:avoid}
.pp td.pen{height:7.5mm}
.pp .line{display:block;border-bottom:.25mm solid #000;height:8mm}
.pp .blank{display:inline-block;min-width:32mm;border-bottom:.25mm solid #000;font-size:7.5pt;color:#333;padding-inline:1mm;text-align:end}
.pp .branch{font-style:italic}
.pp code,.pp pre{color:#000;background:none;font-family:Consolas,'Cascadia Mono','Liberation Mono',monospace;font-size:8.3pt}
.pp :not(pre)>code{padding:0}
.pp pre{white-space:pre-wrap;border:.25mm solid #777;padding:1.2mm 2mm;margin:0 0 1.5mm;break-inside:avoid;overflow-wrap:normal;tab-size:2}
.pp .cut::after{content:'\\2192\\A';white-space:pre;font-weight:700}
.pp .where{font-size:8pt;color:#333;margin:0 0 .5mm;break-after:avoid}
.pp ul,.pp ol{margin:0 0 1.5mm;padding-inline-start:5mm;list-style:none}
.pp .item{display:flex;gap:1.5mm;margin:0 0 .8mm}
.pp .item>span:first-child{flex:none;min-width:3mm}
.pp .item--1{margin-inline-start:4mm}.pp .item--2{margin-inline-start:8mm}.pp .item--3{margin-inline-start:12mm}
.pp figure{margin:0 0 3mm;break-inside:avoid}
body:has(>.pp){margin:0}
.pp .labelled{margin:0 0 1.5mm}
.pp .labelled>b:first-child{display:block}
.pp .labelled>b:first-child,.pp :is(p,.item):has(+:is(.where,pre)){break-after:avoid}
.pp .box{display:inline-block;width:5mm;height:5mm;border:.4mm solid #000;vertical-align:middle;text-align:center;line-height:4.2mm;flex:none;font-weight:700}
.pp .steps{font-size:8.8pt;table-layout:fixed}
.pp .steps tbody{break-inside:avoid}
.pp .steps col.number{width:11.5mm}.pp .steps col.tier{width:9.5mm}.pp .steps col.planned{width:19.5mm}.pp .steps col.minutes{width:9.5mm}.pp .steps col.expected{width:43mm}.pp .steps col.seen{width:26mm}.pp .steps col.by{width:19mm}
.pp .steps th{overflow-wrap:normal;padding-inline:1mm}
@media print,(min-width:801px){.pp :is(.steps--plan,.steps--pen) .step>tr:first-child>td{height:13mm}.pp .steps .step .planned{font-size:7.5pt;white-space:nowrap;padding-inline:1mm}}
.pp .steps--pen col.seen{width:36mm}.pp .steps--pen col.expected{width:46mm}.pp .steps--record col.seen{width:30mm}.pp .steps--record col.by{width:38mm}
.pp .steps .more{border-top-style:dashed}
.pp .steps tr:has(.more){break-inside:auto}
.pp .steps .task td{border:0;padding:3mm 0 1mm;font-weight:700;font-size:11pt}
.pp .steps :is(.task,.passage--short){break-after:avoid}.pp .steps .passage:not(.passage--short),.pp .steps .passage:not(.passage--short)>tr{break-inside:auto}
.pp .gate td{border:.7mm solid #000}
.pp .gate .decide{display:flex;flex-wrap:wrap;gap:2mm 6mm;margin:2mm 0 0;align-items:baseline}
.pp .gate .decide .line{display:inline-block;flex:1;min-width:26mm;height:5mm}
.pp .gate-word{border:.4mm solid #000;padding:0 1mm;font-weight:700;font-size:8.5pt}
.pp .passage td{border-style:dotted}
.pp svg{max-width:100%;height:auto;break-inside:avoid}
.pp img{max-width:100%;max-height:120mm;border:.25mm solid #777}
.pp .control{break-before:avoid;margin-top:8mm;border-top:.25mm solid #000;padding-top:1.5mm;font-size:8pt}
@media print{.pp{max-width:none;margin:0;padding:0}.pp .sheet{break-before:page;margin-top:0}}
@media screen and (max-width:800px){.pp{padding:4mm}.pp .scroll{overflow-x:auto}.pp .steps :is(tbody,tr,td){display:block;width:auto}.pp .steps thead{display:none}.pp .steps td{border-top:0}.pp .steps td:empty{display:none}.pp .step :is(.number,.action){display:inline;border:0;font-weight:600}.pp .step :is(.tier,.minutes,.planned){display:inline-block;border:0}.pp .step .tier::before{content:'Tier '}.pp .step .planned::before{content:'planned '}.pp .step .minutes::after{content:' min'}.pp .step .expected::before{content:'Expect:';font-weight:600}.pp .step td:has(>.box){border:0}.pp .step td:has(>.box)::before{content:'Done '}.pp .steps tbody{border:.25mm solid #555;margin-bottom:2mm}.pp .steps{display:block;min-width:0}.pp .steps colgroup{display:none}.pp pre{overflow-wrap:anywhere}.pp .fields tr{display:grid;grid-template-columns:minmax(26mm,1fr) 2fr}.pp .fields td:is(.pen,:empty){height:auto}.pp .fields--pair td:empty:not(.pen){display:none}.pp .grid{min-width:150mm}.pp .fields th,.pp .fields--pair th{width:auto}}
`.trim();

/** Text inside quotes in CSS: a backslash code for every character that could end it (CSS Syntax 3, section 4.3.7). */
const cssText = (text: string): string =>
  text.replace(/[^\p{L}\p{N} .,:·-]/gu, (character) => `\\${character.codePointAt(0)?.toString(16) ?? ''} `);

/**
 * The margins of every sheet, with the procedure and its wording left, and the page's number right.
 *
 * @example sheetStyle('plan · rev 1')
 * //=> "@page{margin:14mm 14mm 18mm;@bottom-left{content:'plan · rev 1';…}@bottom-right{…}}"
 */
export const sheetStyle = (footer: string): string =>
  `@page{margin:14mm 12mm 18mm;@bottom-left{content:'${cssText(footer)}';font:7.5pt sans-serif}@bottom-right{content:'Page ' counter(page) ' of ' counter(pages);font:7.5pt sans-serif}}`;
