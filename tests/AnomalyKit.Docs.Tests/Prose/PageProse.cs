using System.Text;
using Markdig;
using Markdig.Extensions.Tables;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace AnomalyKit.Docs.Tests.Prose;

/// <summary>The sentences of a Markdown page: its paragraphs and list items, without headings, tables and blocks of code.</summary>
internal static class PageProse
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().UsePipeTables().UseYamlFrontMatter().Build();

    /// <summary>A paragraph a line. A span of code, such as <c>`Fit`</c>, counts as a word of one syllable: readers take a name in at a glance.</summary>
    public static string Of(string markdown)
    {
        var text = new StringBuilder();
        foreach (var paragraph in Markdown.Parse(markdown, Pipeline).Descendants<ParagraphBlock>())
        {
            if (paragraph.Parent is TableCell || paragraph.Inline is null)
                continue;
            foreach (var inline in paragraph.Inline.Descendants())
            {
                text.Append(inline switch
                {
                    LiteralInline literal => literal.Content.ToString(),
                    CodeInline => "code",
                    LineBreakInline => " ",
                    _ => string.Empty,
                });
            }

            text.Append('\n');
        }

        return text.ToString();
    }
}
