using System.Reflection;

namespace AnomalyKit.Samples.Tests.MlNet;

public sealed class ProgramTests
{
    [Fact]
    public void The_program_saves_a_pipeline_and_scores_by_it()
    {
        string zip = Path.Combine(Directory.CreateTempSubdirectory("anomalykit-").FullName, "payments.zip");
        try
        {
            Run("fit", zip);
            Assert.True(File.Exists(zip));
            Run("score", zip);
        }
        finally
        {
            Directory.Delete(Path.GetDirectoryName(zip)!, recursive: true);
        }
    }

    private static void Run(params string[] args) => Assembly.Load("AnomalyKit.Samples.MlNet").EntryPoint!.Invoke(null, BindingFlags.DoNotWrapExceptions, null, [args], null);
}
