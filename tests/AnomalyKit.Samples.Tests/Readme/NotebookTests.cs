using System.Text.Json.Nodes;
using System.Xml.Linq;

namespace AnomalyKit.Samples.Tests.Readme;

/// <summary>The notebook as it is committed. <c>samples/Notebook/run.sh</c> runs it and compares the outputs; it needs packages, which <c>dotnet test</c> does not make.</summary>
public class NotebookTests
{
    private static readonly JsonNode[] CodeCells = [.. ReadCodeCells()];

    [Fact]
    public void It_was_run_from_the_first_cell_to_the_last_without_errors()
    {
        // The first cell loads the package, and what that prints differs between runs.
        Assert.Equal("remove_output", (string?)CodeCells[0]["metadata"]!["tags"]![0]);
        for (int i = 1; i < CodeCells.Length; i++)
        {
            Assert.Equal(i + 1, (int?)CodeCells[i]["execution_count"]);
            var outputs = CodeCells[i]["outputs"]!.AsArray();
            Assert.NotEmpty(outputs);
            Assert.All(outputs, output => Assert.NotEqual("error", (string?)output!["output_type"]));
            Assert.All(outputs, output => Assert.NotEqual("stderr", (string?)output!["name"]));
        }
    }

    [Fact]
    public void It_loads_the_version_of_this_checkout()
    {
        string version = XDocument.Load(Path.Combine(SampleRepository.Root, "Directory.Build.props")).Descendants("VersionPrefix").Single().Value;
        Assert.Equal($"#r \"nuget: AnomalyKit, {version}\"", (string?)CodeCells[0]["source"]![0]);
        Assert.Contains($"`#r \"nuget: AnomalyKit, {version}\"`", File.ReadAllText(Path.Combine(SampleRepository.Folder("Notebook"), "README.md")), StringComparison.Ordinal);
    }

    [Fact]
    public void It_is_short() => Assert.InRange(new FileInfo(NotebookPath).Length, 1, 20_000);

    private static string NotebookPath => Path.Combine(SampleRepository.Folder("Notebook"), "payments.ipynb");

    private static IEnumerable<JsonNode> ReadCodeCells() =>
        JsonNode.Parse(File.ReadAllText(NotebookPath))!["cells"]!.AsArray().Where(cell => (string?)cell!["cell_type"] == "code").Select(cell => cell!);
}
