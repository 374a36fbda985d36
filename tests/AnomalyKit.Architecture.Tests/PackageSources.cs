using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AnomalyKit.Architecture.Tests;

/// <summary>The source of a package, compiled, so that names mean what the compiler says and not what they look like.</summary>
internal sealed class PackageSources
{
    private const string ImplicitUsings =
        "global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq; global using System.Net.Http; global using System.Threading; global using System.Threading.Tasks; ";

    private static readonly ConcurrentDictionary<string, Lazy<PackageSources>> All = new();

    /// <summary>What these tests run on, which is all that any package refers to. Each is read once for all packages.</summary>
    private static readonly PortableExecutableReference[] References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => !path.EndsWith(".Tests.dll", StringComparison.Ordinal))
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];

    private readonly CSharpCompilation _compilation;
    private readonly string _folder;
    private readonly Lazy<ILookup<string, string>> _homes;

    private PackageSources(string package)
    {
        Package = package;
        _folder = $"src/{package}/";
        _homes = new Lazy<ILookup<string, string>>(HomesOfNames);
        var options = new CSharpParseOptions(LanguageVersion.Preview, DocumentationMode.None);
        var project = System.Xml.Linq.XDocument.Load(Path.Combine(House.FolderOf(package), package + ".csproj"));
        string usings = ImplicitUsings + string.Concat(project.Descendants("Using").Select(item => $"global using {item.Attribute("Include")!.Value};"));
        // Below build/ lies what MSBuild compiles in the projects of users.
        var files = House.Sources($"src/{package}").Where(path => !path.StartsWith(_folder + "build/", StringComparison.Ordinal))
            .Concat(LinkedFiles(project, package));
        _compilation = CSharpCompilation.Create(
            package,
            [
                CSharpSyntaxTree.ParseText(usings, options),
                .. files.Select(path => CSharpSyntaxTree.ParseText(File.ReadAllText(Path.Combine(House.Root, path)), options, path)),
                .. GeneratedFiles(project, package).Select(path => CSharpSyntaxTree.ParseText(File.ReadAllText(path), options, "generated/" + Path.GetFileName(path))),
            ],
            References.Where(reference => Path.GetFileNameWithoutExtension(reference.FilePath) != package),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true, nullableContextOptions: NullableContextOptions.Enable));
    }

    public string Package { get; }

    /// <summary>Declarations and usings that the compiler cannot make sense of. Must be empty: where a reference is missing, arrows would be too.</summary>
    public IEnumerable<Diagnostic> Errors => _compilation.GetDeclarationDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error
        // Source generators, which would write these bodies and members, do not run here.
        && diagnostic.Id is not ("CS8795" or "CS0534"));

    public static PackageSources Of(string package) => All.GetOrAdd(package, name => new Lazy<PackageSources>(() => new PackageSources(name))).Value;

    /// <summary>The types that stand in a namespace, not in another type, with the folders of their files.</summary>
    public IEnumerable<(string Folder, string Name, bool IsPublic, bool IsAbstract)> TopLevelTypes()
    {
        foreach (var tree in Own())
        {
            var model = _compilation.GetSemanticModel(tree);
            foreach (var declaration in tree.GetRoot().DescendantNodes().OfType<MemberDeclarationSyntax>().Where(node => node is BaseTypeDeclarationSyntax or DelegateDeclarationSyntax))
            {
                if (model.GetDeclaredSymbol(declaration) is INamedTypeSymbol { ContainingType: null } type)
                    yield return (FolderOf(tree.FilePath), type.Name, type.DeclaredAccessibility == Accessibility.Public, type.IsAbstract);
            }
        }
    }

    /// <summary>The arrows between folders: the first names, in its file, a type that is declared in the second and not in the first.</summary>
    public ILookup<(string From, string To), string> Arrows()
    {
        var found = new HashSet<(string From, string To, string Name)>();
        foreach (var tree in Own())
        {
            string from = FolderOf(tree.FilePath);
            var model = _compilation.GetSemanticModel(tree);
            foreach (var name in tree.GetRoot().DescendantNodes().OfType<SimpleNameSyntax>().Where(name => _homes.Value[name.Identifier.ValueText].Any(home => home != from)))
            {
                if (TypeNamedBy(model.GetSymbolInfo(name)) is not { } type)
                    continue;
                string[] homes = [.. type.OriginalDefinition.DeclaringSyntaxReferences.Select(reference => FolderOf(reference.SyntaxTree.FilePath)).Distinct()];
                if (homes.Contains(from))
                    continue;
                foreach (string home in homes)
                    found.Add((from, home, type.Name));
            }
        }

        return found.ToLookup(arrow => (arrow.From, arrow.To), arrow => arrow.Name);
    }

    /// <summary>
    /// What a type of the package may be called, with the folders of those that are, and "" for an alias: to ask the compiler about every other name as
    /// well, or about one that only the own folder declares, would take most of the time.
    /// </summary>
    private ILookup<string, string> HomesOfNames() =>
        _compilation.GetSymbolsWithName(_ => true, SymbolFilter.Type)
            .SelectMany(type => type.DeclaringSyntaxReferences.SelectMany(reference => new[]
            {
                (Name: type.Name, Home: FolderOf(reference.SyntaxTree.FilePath)),
                (Name: WithoutSuffix(type.Name), Home: FolderOf(reference.SyntaxTree.FilePath)),
            }))
            .Concat(_compilation.SyntaxTrees.SelectMany(tree => tree.GetRoot().DescendantNodes().OfType<NameEqualsSyntax>()).Select(alias => (Name: alias.Name.Identifier.ValueText, Home: "")))
            .Distinct()
            .ToLookup(name => name.Name, name => name.Home);

    private static string WithoutSuffix(string name) => name.EndsWith("Attribute", StringComparison.Ordinal) ? name[..^"Attribute".Length] : name;

    private static INamedTypeSymbol? TypeNamedBy(SymbolInfo info) => (info.Symbol ?? info.CandidateSymbols.FirstOrDefault()) switch
    {
        INamedTypeSymbol type => type,
        // `new Name(…)` and an attribute name a constructor.
        IMethodSymbol { MethodKind: MethodKind.Constructor } constructor => constructor.ContainingType,
        _ => null,
    };

    private static IEnumerable<string> LinkedFiles(System.Xml.Linq.XDocument project, string package) => (
        from item in project.Descendants("Compile")
        from include in (item.Attribute("Include")?.Value ?? string.Empty).Replace('\\', '/').Split(';')
        where include.StartsWith("../", StringComparison.Ordinal)
        let folder = Path.Combine(House.FolderOf(package), Path.GetDirectoryName(include)!)
        from path in Directory.GetFiles(Path.GetFullPath(folder), Path.GetFileName(include))
        select Path.GetRelativePath(House.Root, path).Replace('\\', '/')).Distinct();

    /// <summary>What the compiler of protocol buffers wrote when the package was built for these tests.</summary>
    private static string[] GeneratedFiles(System.Xml.Linq.XDocument project, string package)
    {
        if (!project.Descendants("Protobuf").Any())
            return [];
        string built = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        return Directory.GetFiles(Path.Combine(House.FolderOf(package), "obj", built, "net10.0", "Protos"), "*.cs");
    }

    private IEnumerable<SyntaxTree> Own() => _compilation.SyntaxTrees.Where(tree => tree.FilePath.StartsWith(_folder, StringComparison.Ordinal));

    /// <summary>The folder of a file within the package; what lies outside, as shared source does, by its whole path.</summary>
    private string FolderOf(string path)
    {
        string folder = Path.GetDirectoryName(path)!.Replace('\\', '/') + "/";
        if (!folder.StartsWith(_folder, StringComparison.Ordinal))
            return folder.TrimEnd('/');
        return folder == _folder ? "(root)" : folder[_folder.Length..].TrimEnd('/');
    }
}
