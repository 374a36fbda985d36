namespace AnomalyKit.Reports;

/// <summary>How pages look: light and dark, on screens, phones and paper.</summary>
internal static class PageStyle
{
    public const string Text = """
        :root{color-scheme:light dark;--ink:#1b1f24;--paper:#fff;--soft:#f3f5f7;--line:#d5dae0;--dim:#5b6570;--best:#1a7f37}
        @media(prefers-color-scheme:dark){:root{--ink:#e6e9ec;--paper:#14171a;--soft:#1d2226;--line:#353c43;--dim:#9aa4ae;--best:#56d364}}
        *{box-sizing:border-box}body{margin:0;background:var(--paper);color:var(--ink);font:15px/1.5 system-ui,sans-serif}
        main{max-width:1080px;margin:0 auto;padding:24px}
        h1{font-size:26px;line-height:1.25;margin:0 0 4px;overflow-wrap:anywhere}h2{font-size:19px;margin:36px 0 8px}h3{font-size:15px;margin:16px 0 2px;overflow-wrap:anywhere}
        p{max-width:75ch;margin:6px 0;overflow-wrap:anywhere}.dim{color:var(--dim)}.best{color:var(--best);font-weight:600}
        .cards{display:grid;grid-template-columns:repeat(auto-fill,minmax(150px,1fr));gap:12px;margin:16px 0}
        .card{background:var(--soft);border-radius:6px;padding:10px 14px}.card b{display:block;font-size:22px;font-variant-numeric:tabular-nums}.card span{color:var(--dim);font-size:13px}
        .scroll{overflow-x:auto}table{border-collapse:collapse;font-variant-numeric:tabular-nums}
        th,td{padding:5px 12px;text-align:right;border-bottom:1px solid var(--line);white-space:nowrap}
        th:first-child,td:first-child{text-align:left;white-space:normal;overflow-wrap:break-word;min-width:5em;max-width:28em}th{font-weight:600;color:var(--dim);vertical-align:bottom;white-space:normal}
        .facts td:last-child{text-align:left;white-space:normal;overflow-wrap:anywhere}tr.mine td{background:var(--soft);font-weight:600}
        .charts{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,400px),1fr));gap:16px;margin-top:8px}
        figure{margin:0;border:1px solid var(--line);border-radius:6px;padding:12px;max-width:560px}figure svg{display:block;width:100%;height:auto}figure svg text{fill:var(--dim)!important}figcaption{font-size:13px;color:var(--dim)}
        .key span{display:inline-block;margin-right:16px;overflow-wrap:anywhere}.key i{display:inline-block;width:18px;height:0;border-top:3px solid;margin-right:6px;vertical-align:4px}
        .bar{display:block;height:10px;min-width:1px;background:#2f81d8;border-radius:2px}td.fill{width:40%;min-width:120px}
        ul{margin:2px 0 0;padding-left:20px}li{overflow-wrap:anywhere}
        @media(max-width:600px){main{padding:14px}h1{font-size:22px}th,td{padding:5px 7px}table{font-size:14px}}
        @media print{main{max-width:none;padding:0}figure,tr,.alert,.card{break-inside:avoid}h2,h3{break-after:avoid}.scroll{overflow:visible}}
        """;
}
