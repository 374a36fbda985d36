using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AnomalyKit.Docs.Tests;

/// <summary>Compiles snippets as a new project would.</summary>
internal static partial class SnippetCompiler
{
    /// <summary>The usings of a new project (ImplicitUsings), and the library's.</summary>
    private const string Usings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Net.Http;
        global using System.Threading;
        global using System.Threading.Tasks;
        global using AnomalyKit;
        """;

    private static readonly CSharpParseOptions Parsing = new(LanguageVersion.CSharp14);

    /// <summary>Everything that this program could load: the runtime and the projects that it references.</summary>
    private static readonly PortableExecutableReference[] References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];

    /// <summary>What all snippets begin with. Those that are made of it share what it has read of the references.</summary>
    private static readonly CSharpCompilation Common = CSharpCompilation.Create(
        "Snippet",
        [CSharpSyntaxTree.ParseText(Usings, Parsing)],
        References,
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true, nullableContextOptions: NullableContextOptions.Enable));

    private static readonly ConcurrentDictionary<Snippet, Lazy<(IReadOnlyList<string> Errors, byte[] Assembly)>> Compiled = new();

    /// <summary>Compiles a snippet to an assembly, with an entry point where it has statements; once for all who ask.</summary>
    /// <returns>The errors, one a line, by page and line; and the assembly where there are none.</returns>
    public static (IReadOnlyList<string> Errors, byte[] Assembly) Compile(Snippet snippet) =>
        Compiled.GetOrAdd(snippet, _ => new Lazy<(IReadOnlyList<string>, byte[])>(() => CompileAnew(snippet))).Value;

    private static (IReadOnlyList<string> Errors, byte[] Assembly) CompileAnew(Snippet snippet)
    {
        var (givenUsings, given) = SplitUsings(snippet.Given);
        var (usings, code) = SplitUsings(snippet.Code);
        string text = $"{givenUsings}\n#line {snippet.Line} \"{snippet.Page}\"\n{usings}\n#line 1 \"what {snippet.Name} is given\"\n{given}\n#line {snippet.Line} \"{snippet.Page}\"\n{code}";
        var tree = CSharpSyntaxTree.ParseText(text, Parsing);
        bool isProgram = tree.GetCompilationUnitRoot().Members.Any(member => member is GlobalStatementSyntax);
        var compilation = Common.AddSyntaxTrees(tree);
        if (isProgram)
            compilation = compilation.WithOptions(compilation.Options.WithOutputKind(OutputKind.ConsoleApplication));
        using var stream = new MemoryStream();
        var result = compilation.Emit(stream);
        return (
            [.. result.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).Select(Describe)],
            result.Success ? stream.ToArray() : []);
    }

    /// <summary>Using directives, which must stand at the top of a file, and the rest with empty lines in their place.</summary>
    private static (string Usings, string Code) SplitUsings(string code) =>
        (string.Join('\n', UsingDirective().Matches(code).Select(match => match.Value)), UsingDirective().Replace(code, ""));

    [GeneratedRegex(@"^using (static )?[\w.]+( = [\w.<>, ]+)?;", RegexOptions.Multiline)]
    private static partial Regex UsingDirective();

    private static string Describe(Diagnostic diagnostic)
    {
        var at = diagnostic.Location.GetMappedLineSpan();
        return $"{at.Path}:{at.StartLinePosition.Line + 1}: {diagnostic.Id}: {diagnostic.GetMessage()}";
    }
}
