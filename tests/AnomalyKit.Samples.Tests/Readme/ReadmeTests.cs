namespace AnomalyKit.Samples.Tests.Readme;

/// <summary>Every README of a sample tells the truth: its commands run, and print what it says.</summary>
public class ReadmeTests
{
    // CreditCard takes a minute and has tests of its own; WebApi is a server: WebApiTests; Notebook: NotebookTests and its run.sh.
    private static readonly string[] TestedElsewhere = ["CreditCard", "Notebook", "WebApi"];

    public static TheoryData<string> Programs => [.. SampleRepository.Samples.Except(TestedElsewhere)];

    public static TheoryData<string> All => [.. SampleRepository.Samples];

    [Theory]
    [MemberData(nameof(Programs))]
    public async Task Commands_print_what_the_readme_says(string sample)
    {
        var commands = ReadmeCommand.Of(sample).Where(command => command.Line.StartsWith("dotnet run ", StringComparison.Ordinal)).ToArray();
        Assert.NotEmpty(commands);
        Assert.All(commands, command => Assert.NotEmpty(command.Prints));
        using var run = new SampleRun(sample);
        foreach (var command in commands)
        {
            using var process = run.Start(command.Line);
            AssertPrinted(command, await process.WaitForSuccessAsync());
        }
    }

    [PythonFact("onnx")]
    public async Task The_script_of_Onnx_runs_the_exported_file()
    {
        var commands = ReadmeCommand.Of("Onnx");
        using var run = new SampleRun("Onnx");
        using var program = run.Start(commands[0].Line);
        await program.WaitForSuccessAsync();
        using var script = run.StartPython(PythonFactAttribute.Python, commands[1].Line);
        AssertPrinted(commands[1], await script.WaitForSuccessAsync());
    }

    [Fact]
    public async Task The_readme_of_CreditCard_lists_the_options()
    {
        using var run = new SampleRun("CreditCard");
        using var process = run.Start("dotnet run -c Release --project samples/CreditCard -- --help");
        string help = string.Join('\n', await process.WaitForSuccessAsync());
        string readme = await File.ReadAllTextAsync(Path.Combine(SampleRepository.Folder("CreditCard"), "README.md"));
        string[] options = [.. readme.Split('\n').Where(line => line.StartsWith("| `--", StringComparison.Ordinal)).Select(line => line.Split('`', ' ')[2])];
        Assert.NotEmpty(options);
        Assert.All(options, option => Assert.Contains(option, help, StringComparison.Ordinal));
        foreach (string command in (string[])["download", "tune", "summarize"])
        {
            Assert.Contains($"samples/CreditCard -- {command}", readme, StringComparison.Ordinal);
            Assert.Contains(command, help, StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Every_command_is_known_to_these_tests(string sample)
    {
        string[] known = sample switch
        {
            "CreditCard" => [$"dotnet run -c Release --project samples/{sample}", "for seed in"],
            "Notebook" => ["samples/Notebook/run.sh", "dotnet pack -c Release", "dotnet tool install --global Microsoft.dotnet-interactive", "dotnet interactive jupyter install", "jupyter lab samples/Notebook/payments.ipynb"],
            "Onnx" => [$"dotnet run --project samples/{sample}", $"python3 samples/{sample}/run_model.py"],
            "WebApi" => [$"dotnet run --project samples/{sample}", "curl -s "],
            _ => ["dotnet run "],
        };
        Assert.All(ReadmeCommand.Of(sample), command => Assert.Contains(known, start => command.Line.StartsWith(start, StringComparison.Ordinal)));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Every_sample_is_in_the_solution_and_named_on_the_first_page(string sample)
    {
        Assert.Contains($"samples/{sample}/README.md", File.ReadAllText(Path.Combine(SampleRepository.Root, "README.md")), StringComparison.Ordinal);
        if (SampleRepository.Project(sample) is { } project)
            Assert.Contains($"samples\\{sample}\\{Path.GetFileName(project)}", File.ReadAllText(Path.Combine(SampleRepository.Root, "AnomalyKit.sln")), StringComparison.Ordinal);
    }

    /// <summary>The lines of the README were printed, in this order; other lines may stand between them. One that ends in … is the beginning of a line.</summary>
    private static void AssertPrinted(ReadmeCommand command, string[] output)
    {
        int from = 0;
        foreach (string line in command.Prints)
        {
            int at = line.EndsWith('…')
                ? Array.FindIndex(output, from, printed => printed.StartsWith(line[..^1], StringComparison.Ordinal))
                : Array.IndexOf(output, line, from);
            Assert.True(at >= 0, $"'{command.Line}' does not print, or not here:\n{line}\nIt prints:\n{string.Join('\n', output)}");
            from = at + 1;
        }
    }
}
