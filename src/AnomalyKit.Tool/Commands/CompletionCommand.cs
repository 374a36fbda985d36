using System.CommandLine;
using AnomalyKit.Tool.Running;

namespace AnomalyKit.Tool.Commands;

/// <summary>Prints a script that lets a shell complete command lines.</summary>
internal static class CompletionCommand
{
    private const string Bash =
        """
        _anomalykit() {
            local IFS=$'\n'
            COMPREPLY=($(compgen -W "$(anomalykit complete "${COMP_POINT}" "${COMP_LINE}" 2>/dev/null)" -- "${COMP_WORDS[COMP_CWORD]}"))
        }
        complete -o default -F _anomalykit anomalykit
        """;

    private const string Zsh =
        """
        #compdef anomalykit
        _anomalykit() {
            local -a completions
            completions=("${(@f)$(anomalykit complete "${CURSOR}" "${BUFFER}" 2>/dev/null)}")
            compadd -a completions
            _files
        }
        compdef _anomalykit anomalykit
        """;

    private const string Fish =
        """
        complete -c anomalykit -a '(anomalykit complete (commandline -C) (commandline -p) 2>/dev/null)'
        """;

    private const string PowerShell =
        """
        Register-ArgumentCompleter -Native -CommandName anomalykit -ScriptBlock {
            param($wordToComplete, $commandAst, $cursorPosition)
            anomalykit complete $cursorPosition "$commandAst" 2>$null | ForEach-Object { [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_) }
        }
        """;

    public static Command Create(ToolContext context)
    {
        var command = new Command("completion", "Prints a script that lets a shell complete command lines: bash, zsh, fish or powershell.");
        var shell = new Argument<string>("SHELL") { Description = "The shell." };
        shell.AcceptOnlyFromAmong("bash", "zsh", "fish", "powershell");
        command.Arguments.Add(shell);
        command.SetAction(parsed =>
        {
            context.Text.WriteLine(parsed.GetValue(shell) switch
            {
                "bash" => Bash,
                "zsh" => Zsh,
                "fish" => Fish,
                _ => PowerShell,
            });
            return ExitCode.Done;
        });
        return command;
    }
}
