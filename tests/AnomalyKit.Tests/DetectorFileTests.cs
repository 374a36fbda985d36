using AnomalyKit.Persistence;

namespace AnomalyKit.Tests;

/// <summary>Files that are no models are refused by name.</summary>
public sealed class DetectorFileTests : IDisposable
{
    private readonly string _path = Path.GetTempFileName();

    public void Dispose() => File.Delete(_path);

    [Theory]
    [InlineData("claim,reported,kind\n", "This is not a model file: it begins with the text 'claim,re'.")]
    [InlineData("id,x\n1,2\n", "This is not a model file: it begins with the text 'id,x 1,2'.")]
    [InlineData("\uFEFFid\tname\n", "This is not a model file: it begins with the text 'id\tna'.")]
    [InlineData("{\"format\": \"anomalykit.fit\"}", "This is not a model file: it begins with the text '{\"format'.")]
    [InlineData("short", "This is not a usable model file: it has 5 bytes")]
    public void The_error_names_the_file_and_says_what_it_is(string content, string problem)
    {
        File.WriteAllText(_path, content);
        foreach (var load in (Action[])[() => DetectorFile.Load(_path), () => DetectorFile.LoadTableDetector(_path)])
            Assert.StartsWith($"'{_path}': {problem}", Assert.Throws<ModelFormatException>(load).Message, StringComparison.Ordinal);
        using var stream = File.OpenRead(_path);
        Assert.StartsWith(problem, Assert.Throws<ModelFormatException>(() => DetectorFile.Load(stream)).Message, StringComparison.Ordinal);
    }
}
