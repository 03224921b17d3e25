// Reads assessments, one a line, raises the first step that can rise by one, and writes them again.
package main

import (
	"bufio"
	"encoding/json"
	"log"
	"os"
)

func main() {
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(nil, 1<<22)
	output := json.NewEncoder(os.Stdout)
	for lines.Scan() {
		var assessment Assessment
		if err := json.Unmarshal(lines.Bytes(), &assessment); err != nil {
			log.Fatal(err)
		}
		raiseFirst(assessment.Ratings)
		if err := output.Encode(assessment); err != nil {
			log.Fatal(err)
		}
	}
	if err := lines.Err(); err != nil {
		log.Fatal(err)
	}
}

func raiseFirst(ratings []Rating) {
	for _, rating := range ratings {
		if step := rating.Answer.Step; step != nil && (*step == 1 || *step == 2 || *step == 4) {
			*step++
			return
		}
	}
}
