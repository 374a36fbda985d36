using System.Diagnostics;
using AnomalyKit.Onnx.Tests.Support;

namespace AnomalyKit.Onnx.Tests.Files;

/// <summary>The checker of the format's own tools has nothing to say (Debian's python3-onnx).</summary>
public sealed class CheckerTests
{
    private const string Script = """
        import glob, sys, onnx
        for path in sorted(glob.glob(sys.argv[1] + '/*.onnx')):
            model = onnx.load(path)
            onnx.checker.check_model(model, full_check=True)
            print(path.split('/')[-1], model.ir_version, [(o.domain, o.version) for o in model.opset_import])
        """;

    [OnnxCheckerFact]
    public void Every_kind_of_file_passes_the_checker()
    {
        string folder = Directory.CreateTempSubdirectory("onnx").FullName;
        try
        {
            foreach (string name in DetectorTrainers.Names)
                DetectorTrainers.Create(name).Fit(SampleRows.Training).ToOnnx().Save(Path.Combine(folder, name + ".onnx"));
            var missing = SampleRows.Training.Schema.WithMissing("a");
            var calibrated = new IsolationForestTrainer { TreeCount = 5, Calibration = ScoreCalibration.Gamma() }.Fit(FeatureMatrix.Wrap(SampleRows.Ordinary(100, 1), missing));
            calibrated.ToOnnx(new OnnxOptions { InputForm = OnnxInputForm.Columns }).Save(Path.Combine(folder, "columns.onnx"));
            var (code, output) = Run(Script, folder);
            Assert.True(code == 0, output);
            Assert.Equal(DetectorTrainers.Names.Count + 1, output.Split('\n').Count(line => line.Contains(".onnx 7 [('', 13)", StringComparison.Ordinal)));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static (int Code, string Output) Run(string script, string argument)
    {
        using var process = Process.Start(new ProcessStartInfo(OnnxCheckerFactAttribute.Python, ["-c", script, argument]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + errors.Result);
    }
}
