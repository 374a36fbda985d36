using System.Security.Cryptography;
using System.Text;

namespace AnomalyKit.Samples.CreditCard.Reporting.Page;

/// <summary>The beginning and the end of the page.</summary>
internal static class PageHead
{
    private static readonly string Style = Resource("report.css");
    private static readonly string Script = Resource("report.js");

    /// <param name="html">The page.</param>
    /// <param name="title">Its heading.</param>
    /// <param name="sections">The sections that it has: their ids, and what the menu calls them.</param>
    public static void Append(Markup html, string title, IEnumerable<(string Id, string Name)> sections)
    {
        // Even a text that escaped could not run or fetch anything: only this style and this script are allowed, by their hashes.
        html.Add($"<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src '{Hash(Style)}'; script-src '{Hash(Script)}'; base-uri 'none'; form-action 'none'\">");
        html.Add($"<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\"><meta name=\"color-scheme\" content=\"light dark\"><title>{Markup.Safe(title)} AnomalyKit on credit-card transactions</title>");
        html.Add("<style>" + Style + "</style></head><body><a class=\"skip\" href=\"#main\">Skip to the content</a>");
        html.Add($"<header><p class=\"dim\">AnomalyKit on credit-card transactions</p><nav aria-label=\"Sections\">{string.Concat(sections.Select(section => $"<a href=\"#{section.Id}\">{section.Name}</a>"))}</nav></header><main id=\"main\"><h1>{Markup.Safe(title)}</h1>");
    }

    public static void End(Markup html) => html.Add("</main><script>" + Script + "</script></body></html>");

    private static string Hash(string text) => $"sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}";

    /// <remarks>Line ends are those of the hash, whatever the checkout made of them.</remarks>
    private static string Resource(string name)
    {
        using var stream = typeof(PageHead).Assembly.GetManifestResourceStream(typeof(PageHead), name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
