using AnomalyKit.Samples.Tests.CreditCard;

namespace AnomalyKit.Samples.Tests.Readme;

/// <summary>The commands of one sample, run in a folder that holds its data as a fresh clone does.</summary>
internal sealed class SampleRun : IDisposable
{
    private static readonly string[] DataFiles = ["*.csv", "*.json", "*.py"];

    private readonly TemporaryFolder _folder = new();
    private readonly string _sample;

    public SampleRun(string sample)
    {
        _sample = sample;
        CopyData("QuickStart");
        if (sample != "QuickStart")
            CopyData(sample);
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>Starts what a line <c>dotnet run … --project samples/NAME -- ARGUMENTS</c> would start.</summary>
    public SampleProcess Start(string line, params string[] moreArguments)
    {
        string[] words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        int separator = Array.IndexOf(words, "--");
        string[] own = separator < 0 ? words : words[..separator];
        string[] arguments = separator < 0 ? [] : words[(separator + 1)..];
        string[] expected = own.Contains("-c") ? ["dotnet", "run", "-c", "Release", "--project", $"samples/{_sample}"] : ["dotnet", "run", "--project", $"samples/{_sample}"];
        Assert.Equal(expected, own);
        string program = SampleRepository.Program(_sample);
        Assert.True(File.Exists(program), $"{Path.GetFileName(program)} is not built: the project of these tests has to reference it.");
        return new SampleProcess("dotnet", ["exec", program, .. arguments, .. moreArguments], SampleRepository.RunsInItsFolder(_sample) ? Samples(_sample) : _folder.Path);
    }

    /// <summary>Starts a script in the root of the copy.</summary>
    public SampleProcess StartPython(string python, string line) => new(python, line.Split(' ')[1..], _folder.Path);

    private string Samples(string sample) => _folder.File(Path.Combine("samples", sample));

    private void CopyData(string sample)
    {
        Directory.CreateDirectory(Samples(sample));
        foreach (string file in DataFiles.SelectMany(pattern => Directory.EnumerateFiles(SampleRepository.Folder(sample), pattern)))
            File.Copy(file, Path.Combine(Samples(sample), Path.GetFileName(file)));
    }
}
